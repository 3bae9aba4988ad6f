package dev.milvuso.vector.transfer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.transfer.Bookmark;
import dev.milvuso.vector.transfer.CollectionCopy;
import dev.milvuso.vector.transfer.Mark;
import dev.milvuso.vector.transfer.Progress;
import dev.milvuso.vector.transfer.RowSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files are made by faiss-cpu and NumPy: see make_files.py beside them. */
final class VectorFilesTest {
    private static final float[][] VECTORS = IntStream.range(0, 5)
            .mapToObj(i -> new float[] {i + 0.5f, -i, (float) Math.pow(2, -i)})
            .toArray(float[][]::new);
    private static final List<Id> IDS = List.of(Id.of(7), Id.of(-5), Id.of(1L << 62), Id.of(0), Id.of(1));

    @TempDir
    Path directory = Path.of("");

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(VectorFilesTest.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flat_l2.faiss",
                "flat_ip.faiss",
                "map.faiss",
                "map2.faiss",
                "float32.npy",
                "float64.npy",
                "float16.npy",
                "big_endian.npy",
                "fortran.npy",
                "big_fortran.npy",
                "vectors.fvecs"
            })
    void theVectorsOfAFileAreThose(String name) {
        try (VectorFile file = VectorFile.open(resource(name))) {
            assertThat(file.dimension()).isEqualTo(3);
            assertThat(file.count()).isEqualTo(5);
            assertThat(file.read(0, 5)).isDeepEqualTo(VECTORS);
            assertThat(file.read(3, 2)).isDeepEqualTo(Arrays.copyOfRange(VECTORS, 3, 5));
        }
    }

    @Test
    void bytesAreRead() {
        try (VectorFile file = VectorFile.open(resource("vectors.bvecs"))) {
            assertThat(file.read(1, 2)).isDeepEqualTo(new float[][] {{1, 254, 7}, {2, 253, 7}});
        }
    }

    @Test
    void everyKindOfHalfIsWhatNumPySays() {
        try (VectorFile halves = VectorFile.open(resource("halves.npy"));
                VectorFile singles = VectorFile.open(resource("halves_as_float32.npy"))) {
            for (int row = 0; row < 64; row++) {
                assertThat(halves.read(row, 1)[0]).containsExactly(singles.read(row, 1)[0]);
            }
        }
    }

    @Test
    void faissSaysMetricAndIds() {
        try (VectorFile flat = VectorFile.open(resource("flat_l2.faiss"));
                VectorFile map = VectorFile.open(resource("map.faiss"));
                VectorFile map2 = VectorFile.open(resource("map2.faiss"))) {
            assertThat(flat.metric()).contains(Metric.EUCLIDEAN);
            assertThat(flat.ids()).isEmpty();
            assertThat(map.metric()).contains(Metric.INNER_PRODUCT);
            assertThat(map.ids().orElseThrow().read(0, 5)).isEqualTo(IDS);
            assertThat(map2.ids().orElseThrow().read(2, 1)).containsExactly(Id.of(1L << 62));
        }
    }

    @Test
    void anIdThatStandsTwiceIsRefusedWithBothItsLines() throws IOException {
        Path lines = Files.writeString(directory.resolve("ids.txt"), "a\nb\nc\nb\nd\n");
        try (VectorFile file = VectorFile.open(resource("flat_l2.faiss"));
                RowIds ids = RowIds.open(lines)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new VectorFileRows(file, ids, Metric.COSINE, "twice", "vector"))
                    .withMessage("id 'b' stands twice, in lines 2 and 4: each must have an id of its own");
        }
        Files.writeString(lines, "a\nb\nc\nB\nd\n");
        try (VectorFile file = VectorFile.open(resource("flat_l2.faiss"));
                RowIds ids = RowIds.open(lines)) {
            assertThat(new VectorFileRows(file, ids, Metric.COSINE, "once", "vector").count())
                    .isEqualTo(5);
        }
    }

    @Test
    void idsComeFromASecondFile() throws IOException {
        try (RowIds numbers = RowIds.open(resource("ids.npy"))) {
            assertThat(numbers.read(0, 5)).isEqualTo(IDS);
        }
        Path lines = Files.writeString(directory.resolve("ids.txt"), "a\nb b\nü");
        try (RowIds texts = RowIds.open(lines)) {
            assertThat(texts.count()).isEqualTo(3);
            assertThat(texts.read(1, 2)).containsExactly(Id.of("b b"), Id.of("ü"));
            assertThat(texts.read(0, 1)).containsExactly(Id.of("a"));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowIds.open(Files.writeString(lines, "a\n\nb")))
                .withMessage(lines + " line 2 is empty: must hold an id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowIds.open(Files.write(lines, new byte[] {(byte) 0xff, 1})))
                .withMessageContaining("ids.txt is no text in UTF-8");
        refused(() -> RowIds.open(resource("float32.npy")), "float32.npy holds f4 of shape [5, 3]");
    }

    @Test
    void aFileBecomesACollectionAndGoesOnWhereItWasCutOff() {
        try (VectorFile file = VectorFile.open(resource("map2.faiss"));
                VectorStore store = EmbeddedVectorStore.inMemory()) {
            RowIds ids = file.ids().orElseThrow();
            RowSource rows = new VectorFileRows(file, ids, file.metric().orElseThrow(), "faiss", "vector");
            assertThat(new CollectionCopy(rows, store, "faiss").run(Bookmark.none(), Progress.NONE))
                    .isEqualTo(5);
            assertThat(store.query("faiss", QueryRequest.everything()))
                    .contains(Entity.of(Id.of(-5)).with("vector", Vector.of(VECTORS[1])))
                    .hasSize(5);
            try (RowSource.Rows behind = rows.behind(new Mark(3, Optional.empty(), Optional.empty()))) {
                assertThat(behind.next().rows()).extracting(Entity::id).containsExactly("0", "1");
                assertThat(behind.hasNext()).isFalse();
            }
        }
    }

    @Test
    void asManyIdsAsVectorsAreWanted() {
        try (VectorFile file = VectorFile.open(resource("flat_l2.faiss"))) {
            refused(
                    () -> new VectorFileRows(file, RowIds.positions(4), Metric.EUCLIDEAN, "c", "v"),
                    "5 vectors for 4 ids");
        }
    }

    @Test
    void whatIsNotReadIsSaid() throws IOException {
        refused(() -> VectorFile.open(resource("hnsw.faiss")), "hnsw.faiss holds an index of Faiss of kind 'IHNf'");
        refused(() -> VectorFile.open(resource("flat_l1.faiss")), "flat_l1.faiss is compared by Faiss's metric 2");
        refused(() -> VectorFile.open(resource("whole_numbers.npy")), "whole_numbers.npy holds numbers of type i4");
        refused(() -> VectorFile.open(resource("one_dimension.npy")), "one_dimension.npy has the shape [3]");
        refused(() -> VectorFile.open(directory.resolve("none.npy")), "there is no file");
        Path text = Files.writeString(directory.resolve("text"), "Hello, this is no file of vectors at all, is it?");
        refused(() -> VectorFile.open(text), "text holds no vectors that are read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"flat_l2.faiss", "map.faiss", "float32.npy", "big_fortran.npy", "vectors.fvecs", "vectors.bvecs"
            })
    void aFileOfAnotherLengthIsRefusedWherever(String name) throws IOException {
        byte[] whole = Files.readAllBytes(resource(name));
        for (int length = 0; length <= whole.length + 1; length++) {
            if (length != whole.length && !isWhole(name, length)) {
                Path file = Files.write(directory.resolve(name), Arrays.copyOf(whole, length));
                refused(() -> VectorFile.open(file), name);
            }
        }
    }

    /** These files do not say how many vectors they hold. */
    private static boolean isWhole(String name, int length) {
        return length > 0
                && ((name.endsWith(".fvecs") && length % 16 == 0) || (name.endsWith(".bvecs") && length % 7 == 0));
    }

    @Test
    void anyByteThatIsOtherwiseIsReadOrRefusedInASentence() throws IOException {
        for (String name : List.of("flat_l2.faiss", "map2.faiss", "float32.npy", "vectors.fvecs")) {
            byte[] whole = Files.readAllBytes(resource(name));
            for (int i = 0; i < whole.length; i++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= (byte) (1 << i % 8);
                Path path = Files.write(directory.resolve(name), flipped);
                try (VectorFile file = VectorFile.open(path)) {
                    file.read(0, (int) file.count());
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageContaining(name).message().hasLineCount(1);
                }
            }
        }
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .withMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal).message().hasLineCount(1));
    }
}
