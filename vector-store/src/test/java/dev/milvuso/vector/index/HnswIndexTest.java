package dev.milvuso.vector.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guards against answers that a loop over all rows would not give, while rows come, move and go. */
final class HnswIndexTest {
    private static final int DIMENSION = 20;
    private static final int ROWS = 5000;
    private static final int K = 10;

    private static HnswIndex filled(Similarity similarity, float[][] rows) {
        HnswIndex index = new HnswIndex(new HnswSettings(similarity, DIMENSION, 12, 60, 500, 1), Runnable::run);
        for (int slot = 0; slot < rows.length; slot++) {
            index.put(slot, rows[slot]);
        }
        return index;
    }

    private static double recall(HnswIndex index, float[][] queries, Selection selection, float recall) {
        return Arrays.stream(queries)
                .mapToDouble(query -> {
                    Found truth = index.exact(query, K, selection);
                    return Calibration.recall(index.search(query, K, selection, recall), truth);
                })
                .average()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void theRecallAimedAtIsReached(Similarity similarity) {
        Clusters clusters = new Clusters(DIMENSION, 1);
        HnswIndex index = filled(similarity, clusters.next(ROWS));
        assertThat(recall(index, clusters.next(200), Selection.ALL, 0.95f)).isGreaterThan(0.92);
        assertThat(recall(index, clusters.next(20), Selection.ALL, 1)).isEqualTo(1);
        Found found = index.search(clusters.next(), K, Selection.ALL, 0.95f);
        assertThat(found.slots()).hasSize(K).doesNotHaveDuplicates();
        assertThat(IntStream.range(1, K).allMatch(i -> found.scores()[i] <= found.scores()[i - 1]))
                .isTrue();
    }

    @Test
    void aFilterIsWalkedThrough() {
        Clusters clusters = new Clusters(DIMENSION, 2);
        HnswIndex index = filled(Similarity.COSINE, clusters.next(ROWS));
        float[][] queries = clusters.next(100);
        Selection tenth = Selection.matching(slot -> slot % 10 == 0);
        assertThat(recall(index, queries, tenth, 0.95f)).isGreaterThan(0.92);
        BitSet few = new BitSet();
        IntStream.range(0, 40).forEach(i -> few.set(100 * i));
        assertThat(recall(index, queries, Selection.of(few), 0.95f)).isEqualTo(1);
        assertThat(index.search(queries[0], K, Selection.matching(slot -> false), 0.95f)
                        .slots())
                .isEmpty();
    }

    @Test
    void rowsThatMovedOrWentAreNotFoundWhereTheyWere() {
        Clusters before = new Clusters(DIMENSION, 3);
        Clusters after = new Clusters(DIMENSION, 4);
        float[][] rows = before.next(ROWS);
        HnswIndex index = filled(Similarity.EUCLIDEAN, rows);
        for (int times = 0; times < 3; times++) {
            for (int slot = 0; slot < ROWS; slot++) {
                index.put(slot, after.next());
            }
        }
        assertThat(index.size()).isEqualTo(ROWS);
        assertThat(index.bytes()).isLessThan(4L * 4 * DIMENSION * ROWS + 4L * 100 * ROWS);
        assertThat(recall(index, after.next(200), Selection.ALL, 0.95f)).isGreaterThan(0.92);
        IntStream.range(0, ROWS - 600).forEach(index::remove);
        assertThat(index.size()).isEqualTo(600);
        Found found = index.search(after.next(), K, Selection.ALL, 0.95f);
        assertThat(Arrays.stream(found.slots())).hasSize(K).allMatch(slot -> slot >= ROWS - 600);
        IntStream.range(ROWS - 600, ROWS).forEach(index::remove);
        assertThat(index.search(rows[0], K, Selection.ALL, 0.95f).slots()).isEmpty();
    }

    @Test
    void searchesGoOnWhileRowsComeAndMove() throws InterruptedException, ExecutionException {
        Clusters clusters = new Clusters(DIMENSION, 5);
        HnswIndex index = filled(Similarity.INNER_PRODUCT, clusters.next(ROWS));
        float[][] queries = clusters.next(50);
        float[][] later = clusters.next(ROWS);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        AtomicBoolean over = new AtomicBoolean();
        try {
            Future<?> reader = thread.submit(() -> {
                while (!over.get()) {
                    for (float[] query : queries) {
                        assertThat(index.search(query, K, Selection.ALL, 0.9f).slots())
                                .isNotEmpty()
                                .doesNotHaveDuplicates();
                    }
                }
            });
            for (int i = 0; i < ROWS; i++) {
                index.put(ROWS / 2 + i, later[i]);
            }
            over.set(true);
            reader.get();
        } finally {
            over.set(true);
            thread.shutdownNow();
        }
        assertThat(index.size()).isEqualTo(ROWS + ROWS / 2);
        assertThat(index.get(ROWS)).isEqualTo(later[ROWS / 2]);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new HnswSettings(Similarity.COSINE, 8, 16, 10, 1, 1))
                .hasMessage("breadth is 10: must be 16 to 1048576");
        assertThatThrownBy(
                        () -> new HnswIndex(HnswSettings.of(Similarity.COSINE, 8), Runnable::run).put(0, new float[3]))
                .hasMessage("a vector of 3 numbers: the index has 8");
    }
}
