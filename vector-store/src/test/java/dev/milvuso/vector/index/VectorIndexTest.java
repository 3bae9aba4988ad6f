package dev.milvuso.vector.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards against structures that lose rows on their way to a file and back, or while they are made anew. */
final class VectorIndexTest {
    private static final int DIMENSION = 20;
    private static final int ROWS = 3000;
    private static final int K = 10;

    private enum Kind {
        IVF {
            @Override
            VectorIndex of(Similarity similarity, int dimension) {
                return new IvfIndex(new IvfSettings(similarity, dimension, Integer.MAX_VALUE, 1), Runnable::run);
            }
        },
        HNSW {
            @Override
            VectorIndex of(Similarity similarity, int dimension) {
                HnswSettings settings = new HnswSettings(similarity, dimension, 12, 60, Integer.MAX_VALUE, 1);
                return new HnswIndex(settings, Runnable::run);
            }
        };

        abstract VectorIndex of(Similarity similarity, int dimension);
    }

    private static VectorIndex filled(Kind kind, float[][] rows) {
        return filled(kind.of(Similarity.EUCLIDEAN, DIMENSION), rows);
    }

    private static VectorIndex filled(VectorIndex index, float[][] rows) {
        index.load(rows.length, slot -> rows[slot]);
        return index;
    }

    private static byte[] saved(VectorIndex index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        index.save(bytes);
        return bytes.toByteArray();
    }

    private static double recall(VectorIndex index, float[][] queries) {
        return recall(index, queries, 0.95f);
    }

    private static double recall(VectorIndex index, float[][] queries, float asked) {
        return Arrays.stream(queries)
                .mapToDouble(query -> Calibration.recall(
                        index.search(query, K, Selection.ALL, asked), index.exact(query, K, Selection.ALL)))
                .average()
                .orElseThrow();
    }

    private static Stream<Arguments> kindsAndSimilarities() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(Similarity.values()).map(similarity -> Arguments.of(kind, similarity)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndSimilarities")
    void theRecallThatIsAskedForIsHadFromTheFirstQueryOn(Kind kind, Similarity similarity) {
        Clusters clusters = new Clusters(2 * DIMENSION, 7);
        VectorIndex index = filled(kind.of(similarity, 2 * DIMENSION), clusters.next(4 * ROWS));
        index.train();
        for (float asked : new float[] {0.5f, 0.9f, 0.95f, 0.99f}) {
            // Of queries whose like have never been seen, and again when the index knows what is asked.
            assertThat(recall(index, clusters.next(200), asked)).isGreaterThan(asked - 0.012);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRestoredFindsWhatWasSaved(Kind kind) throws IOException {
        Clusters clusters = new Clusters(DIMENSION, 1);
        float[][] rows = clusters.next(ROWS);
        VectorIndex index = filled(kind, rows);
        assertThat(index.isTrained()).isFalse();
        assertThat(index.statistics().structure()).isEqualTo("an exact scan");
        index.train();
        VectorIndex other = filled(kind, rows);
        other.restore(new ByteArrayInputStream(saved(index)));
        assertThat(other.isTrained()).isTrue();
        assertThat(other.statistics().structure()).isEqualTo(index.statistics().structure());
        for (float[] query : clusters.next(100)) {
            Found found = other.search(query, K, Selection.ALL, 0.95f);
            assertThat(found.slots())
                    .isEqualTo(index.search(query, K, Selection.ALL, 0.95f).slots());
        }
        other.put(ROWS, clusters.next());
        assertThat(other.size()).isEqualTo(ROWS + 1);
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatCameWentOrChangedSinceFindTheirPlace(Kind kind) throws IOException {
        Clusters clusters = new Clusters(DIMENSION, 2);
        float[][] rows = clusters.next(ROWS);
        VectorIndex index = filled(kind, rows);
        index.train();
        byte[] saved = saved(index);
        VectorIndex other = filled(kind, clusters.next(ROWS + 500));
        for (int slot = 0; slot < ROWS; slot++) {
            if (slot % 3 == 0) {
                other.remove(slot);
            } else if (slot % 3 == 1) {
                other.put(slot, rows[slot]);
            }
        }
        other.restore(new ByteArrayInputStream(saved));
        assertThat(recall(other, clusters.next(200))).isGreaterThan(0.9);
        Found all = other.search(clusters.next(), 2 * ROWS, Selection.ALL, 0.9999f);
        assertThat(Arrays.stream(all.slots())).doesNotHaveDuplicates().allMatch(slot -> slot >= ROWS || slot % 3 != 0);
        assertThat(other.size()).isEqualTo(ROWS * 2 / 3 + 500);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDamagedOrOfSomethingElseIsRefusedAndChangesNothing(Kind kind) throws IOException {
        float[][] rows = new Clusters(DIMENSION, 3).next(ROWS);
        VectorIndex index = filled(kind, rows);
        index.train();
        byte[] saved = saved(index);
        VectorIndex other = filled(kind, rows);
        for (int at = 0; at < saved.length; at += at < 200 ? 1 : saved.length / 50) {
            byte[] flipped = saved.clone();
            flipped[at] ^= 0x40;
            assertThatThrownBy(() -> other.restore(new ByteArrayInputStream(flipped)))
                    .as("byte %d", at)
                    .isInstanceOf(IOException.class);
            byte[] cut = Arrays.copyOf(saved, at);
            assertThatThrownBy(() -> other.restore(new ByteArrayInputStream(cut)))
                    .isInstanceOf(IOException.class);
        }
        assertThat(other.isTrained()).isFalse();
        assertThatThrownBy(() -> kind.of(Similarity.EUCLIDEAN, 8).restore(new ByteArrayInputStream(saved)))
                .hasMessageContaining("EUCLIDEAN 20': the index needs '")
                .hasMessageContaining("EUCLIDEAN 8'");
        Kind another = kind == Kind.IVF ? Kind.HNSW : Kind.IVF;
        assertThatThrownBy(() -> filled(another, rows).restore(new ByteArrayInputStream(saved)))
                .hasMessageContaining("the structure is of '");
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsReadBeyondTheStructureAndNoStructureIsOneToo(Kind kind) throws IOException {
        float[][] rows = new Clusters(DIMENSION, 4).next(ROWS);
        VectorIndex index = filled(kind, rows);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        index.save(bytes);
        index.train();
        index.save(bytes);
        bytes.write(42);
        ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
        VectorIndex other = filled(kind, rows);
        other.restore(in);
        assertThat(other.isTrained()).isFalse();
        other.restore(in);
        assertThat(other.isTrained()).isTrue();
        assertThat(in.readAllBytes()).containsExactly(42);
        other.forget();
        assertThat(other.isTrained()).isFalse();
        VectorIndex empty = kind.of(Similarity.EUCLIDEAN, DIMENSION);
        empty.restore(new ByteArrayInputStream(bytes.toByteArray()));
        empty.train();
        assertThat(empty.search(rows[0], K, Selection.ALL, 0.9f).slots()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nothingThatIsWrittenWhileAStructureIsMadeIsLost(Kind kind) throws Exception {
        Clusters clusters = new Clusters(DIMENSION, 5);
        float[][] later = clusters.next(ROWS);
        VectorIndex index = filled(kind, clusters.next(ROWS));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        AtomicBoolean over = new AtomicBoolean();
        try {
            Future<?> trainer = thread.submit(() -> {
                while (!over.get()) {
                    index.train();
                }
            });
            for (int slot = 0; slot < ROWS; slot += 10) {
                int from = slot;
                index.putAll(IntStream.range(from, from + 10).toArray(), Arrays.copyOfRange(later, from, from + 10));
                index.remove(from + 3);
                index.put(ROWS + from, later[from]);
            }
            over.set(true);
            trainer.get();
        } finally {
            over.set(true);
            thread.shutdownNow();
        }
        assertThat(index.size()).isEqualTo(ROWS);
        assertThat(recall(index, clusters.next(200))).isGreaterThan(0.9);
        for (int slot = 0; slot < ROWS; slot += 10) {
            assertThat(index.search(later[slot + 3], 1, Selection.ALL, 0.95f).slots()[0])
                    .isNotEqualTo(slot + 3);
            assertThat(index.get(slot + 1)).isEqualTo(later[slot + 1]);
        }
    }
}
