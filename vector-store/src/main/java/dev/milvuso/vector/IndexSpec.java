package dev.milvuso.vector;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which index a field is to have. Types and parameters have Milvus's names and ranges, whatever the store makes of
 * them; see {@link IndexDescription#structure}. Of which field it may be is checked when it is asked for.
 */
public sealed interface IndexSpec {
    /** Milvus's name of the type, such as {@code IVF_FLAT}. */
    String type();

    /** Milvus's names and values of the parameters. */
    default Map<String, String> parameters() {
        return Map.of();
    }

    /** Its type and parameters in one line, such as {@code HNSW M=16 efConstruction=200}. */
    default String label() {
        return Stream.concat(
                        Stream.of(type()),
                        new TreeMap<>(parameters())
                                .entrySet().stream().map(parameter -> parameter.getKey() + "=" + parameter.getValue()))
                .collect(Collectors.joining(" "));
    }

    /**
     * Reads what {@link #type} and {@link #parameters} say; what is left out takes its default.
     *
     * @param type in any case; {@code BIN_FLAT} and {@code BIN_IVF_FLAT} are {@link Flat} and {@link IvfFlat}
     * @throws IllegalArgumentException naming the type or parameter that there is not, or what is out of range
     */
    static IndexSpec of(String type, Map<String, String> parameters) {
        return new IndexSpecReader(type, parameters).read();
    }

    /**
     * Reads what {@link #label} says; what is left out takes its default.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static IndexSpec ofLabel(String label) {
        String[] words = label.trim().split(" +", -1);
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            int end = words[i].indexOf('=');
            if (end < 1) {
                throw new IllegalArgumentException(
                        "index '" + label + "': behind the type must be parameters such as M=16, not " + words[i]);
            }
            parameters.put(words[i].substring(0, end), words[i].substring(end + 1));
        }
        return of(words[0], parameters);
    }

    /** Of vectors that are not sparse. */
    sealed interface OfVectors extends IndexSpec {}

    /** Of fields that are no vectors; they make filters quick. */
    sealed interface OfScalars extends IndexSpec {}

    /** None: every vector is scored, exactly. */
    record Flat() implements OfVectors {
        @Override
        public String type() {
            return "FLAT";
        }
    }

    /**
     * Vectors in lists around centres.
     *
     * @param lists 1 to 65536
     */
    record IvfFlat(int lists) implements OfVectors {
        public IvfFlat {
            range("nlist", lists, 1, 65536);
        }

        @Override
        public String type() {
            return "IVF_FLAT";
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of("nlist", Integer.toString(lists));
        }
    }

    /**
     * Lists of vectors with a byte a number.
     *
     * @param lists 1 to 65536
     */
    record IvfSq8(int lists) implements OfVectors {
        public IvfSq8 {
            range("nlist", lists, 1, 65536);
        }

        @Override
        public String type() {
            return "IVF_SQ8";
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of("nlist", Integer.toString(lists));
        }
    }

    /**
     * Lists of vectors cut into parts, each of which stands for the nearest of a code book.
     *
     * @param lists 1 to 65536
     * @param parts 1 or more; must divide the dimension
     * @param bits of a part's code, 1 to 16
     */
    record IvfPq(int lists, int parts, int bits) implements OfVectors {
        public IvfPq {
            range("nlist", lists, 1, 65536);
            range("m", parts, 1, 32768);
            range("nbits", bits, 1, 16);
        }

        @Override
        public String type() {
            return "IVF_PQ";
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of(
                    "nlist", Integer.toString(lists), "m", Integer.toString(parts), "nbits", Integer.toString(bits));
        }
    }

    /**
     * A graph in layers.
     *
     * @param degree neighbours of a vector, 2 to 2048
     * @param efConstruction candidates kept while building, 1 to 65536
     */
    record Hnsw(int degree, int efConstruction) implements OfVectors {
        public Hnsw {
            range("M", degree, 2, 2048);
            range("efConstruction", efConstruction, 1, 65536);
        }

        @Override
        public String type() {
            return "HNSW";
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of("M", Integer.toString(degree), "efConstruction", Integer.toString(efConstruction));
        }
    }

    /** A graph on disk. */
    record DiskAnn() implements OfVectors {
        @Override
        public String type() {
            return "DISKANN";
        }
    }

    /**
     * Lists of short codes, then the vectors themselves.
     *
     * @param lists 1 to 65536
     */
    record ScaNN(int lists) implements OfVectors {
        public ScaNN {
            range("nlist", lists, 1, 65536);
        }

        @Override
        public String type() {
            return "SCANN";
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of("nlist", Integer.toString(lists));
        }
    }

    /** What the store thinks best, for vectors of any kind. */
    record AutoIndex() implements OfVectors {
        @Override
        public String type() {
            return "AUTOINDEX";
        }
    }

    /**
     * Of sparse vectors.
     *
     * @param dropRatio share of each vector's least numbers that is left out, 0 and up, below 1
     */
    record SparseInverted(double dropRatio) implements IndexSpec {
        public SparseInverted {
            if (!(dropRatio >= 0 && dropRatio < 1)) {
                throw new ArgumentMismatch(
                        "index parameter drop_ratio_build is " + dropRatio + ": must be 0 or more and below 1",
                        "drop_ratio_build");
            }
        }

        @Override
        public String type() {
            return "SPARSE_INVERTED_INDEX";
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of("drop_ratio_build", Double.toString(dropRatio));
        }
    }

    /** From values to their rows; of texts, numbers, truth values and arrays of them. */
    record Inverted() implements OfScalars {
        @Override
        public String type() {
            return "INVERTED";
        }
    }

    /** A tree of the beginnings of texts. */
    record Trie() implements OfScalars {
        @Override
        public String type() {
            return "TRIE";
        }
    }

    /** Of numbers, in order. */
    record Sorted() implements OfScalars {
        @Override
        public String type() {
            return "STL_SORT";
        }
    }

    private static void range(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ArgumentMismatch(
                    "index parameter " + name + " is " + value + ": must be " + least + " to " + most, name);
        }
    }
}
