package dev.milvuso.vector;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads a specification from texts; what nobody asked for is an error. Used once. */
final class IndexSpecReader {
    private static final String TYPES = "FLAT, IVF_FLAT, IVF_SQ8, IVF_PQ, HNSW, DISKANN, SCANN, AUTOINDEX, "
            + "SPARSE_INVERTED_INDEX, INVERTED, TRIE or STL_SORT";

    private final String type;
    private final Map<String, String> left;

    IndexSpecReader(String type, Map<String, String> parameters) {
        this.type = type.toUpperCase(Locale.ROOT);
        this.left = new HashMap<>(parameters);
    }

    IndexSpec read() {
        IndexSpec spec = spec();
        if (!left.isEmpty()) {
            String first = new TreeSet<>(left.keySet()).first();
            Set<String> own = new TreeSet<>(spec.parameters().keySet());
            throw new ArgumentMismatch(
                    "index " + type + " has no parameter " + first
                            + (own.isEmpty() ? ": it has none" : ": its own are " + String.join(", ", own)),
                    first);
        }
        return spec;
    }

    private IndexSpec spec() {
        return switch (type) {
            case "FLAT", "BIN_FLAT" -> new IndexSpec.Flat();
            case "IVF_FLAT", "BIN_IVF_FLAT" -> new IndexSpec.IvfFlat(lists());
            case "IVF_SQ8" -> new IndexSpec.IvfSq8(lists());
            case "IVF_PQ" -> new IndexSpec.IvfPq(lists(), number("m", 8), number("nbits", 8));
            case "HNSW" -> new IndexSpec.Hnsw(number("M", 16), number("efConstruction", 200));
            case "DISKANN" -> new IndexSpec.DiskAnn();
            case "SCANN" -> new IndexSpec.ScaNN(lists());
            case "AUTOINDEX" -> new IndexSpec.AutoIndex();
            case "SPARSE_INVERTED_INDEX", "SPARSE_WAND" -> new IndexSpec.SparseInverted(dropRatio());
            case "INVERTED" -> new IndexSpec.Inverted();
            case "TRIE" -> new IndexSpec.Trie();
            case "STL_SORT" -> new IndexSpec.Sorted();
            case "ANNOY" ->
                throw new IllegalArgumentException(
                        "index type ANNOY is gone since Milvus 2.3: HNSW replaced it (M 16, efConstruction 200)");
            default -> throw new IllegalArgumentException("index type is '" + type + "': must be " + TYPES);
        };
    }

    private int lists() {
        return number("nlist", 1024);
    }

    private int number(String name, int otherwise) {
        String text = left.remove(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw notANumber(name, text, e);
        }
    }

    private double dropRatio() {
        String text = left.remove("drop_ratio_build");
        if (text == null) {
            return 0;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw notANumber("drop_ratio_build", text, e);
        }
    }

    private static IllegalArgumentException notANumber(String name, String text, NumberFormatException cause) {
        ArgumentMismatch mismatch =
                new ArgumentMismatch("index parameter " + name + " is '" + text + "': must be a number", name);
        mismatch.initCause(cause);
        return mismatch;
    }
}
