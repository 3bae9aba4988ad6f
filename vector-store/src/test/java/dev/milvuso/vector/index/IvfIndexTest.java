package dev.milvuso.vector.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Guards against answers that a loop over all rows would not give, and against memory and lists that go astray. */
final class IvfIndexTest {
    private static final int DIMENSION = 20;
    private static final int ROWS = 5000;
    private static final int K = 10;

    private static IvfIndex index(Similarity similarity) {
        return new IvfIndex(new IvfSettings(similarity, DIMENSION, 500, 1), Runnable::run);
    }

    private static IvfIndex filled(Similarity similarity, float[][] rows) {
        IvfIndex index = index(similarity);
        for (int slot = 0; slot < rows.length; slot++) {
            index.put(slot, rows[slot]);
        }
        return index;
    }

    private static double recall(IvfIndex index, float[][] queries, Selection selection, float recall) {
        return Arrays.stream(queries)
                .mapToDouble(query -> {
                    Found found = index.search(query, K, selection, recall);
                    float[] truth = index.exact(query, K, selection).scores();
                    return IntStream.range(0, found.scores().length)
                                    .filter(i -> found.scores()[i] >= truth[truth.length - 1])
                                    .count()
                            / (double) truth.length;
                })
                .average()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void theRecallAimedAtIsReachedWithoutReadingAllLists(Similarity similarity) {
        Clusters clusters = new Clusters(DIMENSION, 1);
        IvfIndex index = filled(similarity, clusters.next(ROWS));
        index.train();
        assertThat(index.lists()).isGreaterThan(100);
        assertThat(recall(index, clusters.next(300), Selection.ALL, 0.95f)).isGreaterThan(0.92);
        assertThat(recall(index, clusters.next(300), Selection.ALL, 0.99f)).isGreaterThan(0.97);
        assertThat(recall(index, clusters.next(20), Selection.ALL, 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void scoresAreExactAndInOrder(Similarity similarity) {
        Clusters clusters = new Clusters(DIMENSION, 2);
        float[][] rows = clusters.next(2000);
        IvfIndex index = filled(similarity, rows);
        float[] query = clusters.next();
        Found found = index.search(query, K, Selection.ALL, 0.95f);
        assertThat(found.slots()).hasSize(K).doesNotHaveDuplicates();
        for (int i = 0; i < K; i++) {
            assertThat((double) similarity.shown(found.scores()[i]))
                    .isCloseTo(shown(similarity, query, rows[found.slots()[i]]), within(1e-3));
            assertThat(found.scores()[i]).isLessThanOrEqualTo(found.scores()[Math.max(0, i - 1)]);
        }
    }

    private static double shown(Similarity similarity, float[] a, float[] b) {
        double dot = 0;
        double squares = 0;
        double differences = 0;
        double lengths = 1;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            squares += Math.pow((double) a[i] - b[i], 2);
            differences += Math.abs((double) a[i] - b[i]);
        }
        for (float[] row : List.of(a, b)) {
            lengths *= Math.sqrt(IntStream.range(0, row.length)
                    .mapToDouble(i -> (double) row[i] * row[i])
                    .sum());
        }
        return switch (similarity) {
            case INNER_PRODUCT -> dot;
            case COSINE -> dot / lengths;
            case EUCLIDEAN -> squares;
            case MANHATTAN -> differences;
        };
    }

    @ParameterizedTest
    @CsvSource({"INNER_PRODUCT,10", "INNER_PRODUCT,100", "INNER_PRODUCT,1000", "EUCLIDEAN,10", "COSINE,100"})
    void aFilterKeepsItsRecallAtEverySelectivity(Similarity similarity, int oneIn) {
        Clusters clusters = new Clusters(DIMENSION, 3);
        IvfIndex index = filled(similarity, clusters.next(ROWS));
        SplittableRandom random = new SplittableRandom(1);
        BitSet few = new BitSet();
        IntStream.range(0, ROWS).filter(slot -> random.nextInt(oneIn) == 0).forEach(few::set);
        float[][] queries = clusters.next(200);
        assertThat(recall(index, queries, Selection.of(few), 0.95f)).isGreaterThan(0.92);
        assertThat(recall(index, queries, Selection.matching(few::get), 0.95f)).isGreaterThan(0.92);
        Found found = index.search(queries[0], K, Selection.matching(few::get), 0.95f);
        assertThat(Arrays.stream(found.slots())).allMatch(few::get);
    }

    /** What somebody has seen is what lies nearest: the next best lie where scores are closer and in more lists. */
    @ParameterizedTest
    @CsvSource({"INNER_PRODUCT,50", "INNER_PRODUCT,200", "EUCLIDEAN,200", "COSINE,200", "MANHATTAN,200"})
    void theNearestMayBeExcludedForTheSameRecall(Similarity similarity, int many) {
        Clusters clusters = new Clusters(DIMENSION, 14);
        IvfIndex index = filled(similarity, clusters.next(4 * ROWS));
        index.train();
        double recall = 0;
        int queries = 200;
        for (float[] query : clusters.next(queries)) {
            BitSet nearest = new BitSet();
            Arrays.stream(index.exact(query, many, Selection.ALL).slots()).forEach(nearest::set);
            Selection others = Selection.ALL.without(nearest::get);
            recall += recall(index, new float[][] {query}, others, 0.95f) / queries;
        }
        assertThat(recall).isGreaterThan(0.92);
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void ofFewRowsThoseThatAreSelectedAreFound(Similarity similarity) {
        Clusters clusters = new Clusters(DIMENSION, 9);
        IvfIndex index = filled(similarity, clusters.next(ROWS));
        BitSet few = new BitSet();
        IntStream.range(0, ROWS).filter(slot -> slot % 40 == 7).forEach(few::set);
        IntStream.range(0, ROWS).filter(slot -> slot % 400 == 7).forEach(index::remove);
        Effort all = new Effort(Float.POSITIVE_INFINITY, ROWS);
        int right = 0;
        for (float[] query : clusters.next(50)) {
            BitSet excluded = new BitSet();
            IntStream.of(index.exact(query, 30, Selection.of(few)).slots()).forEach(excluded::set);
            Selection others = Selection.of(few).without(excluded::get);
            BitSet truth = new BitSet();
            IntStream.of(index.exact(query, K, others).slots()).forEach(truth::set);
            int[] found = index.search(query, K, others, all).slots();
            assertThat(IntStream.of(found)).hasSize(K).doesNotHaveDuplicates().allMatch(slot -> slot % 40 == 7);
            assertThat(IntStream.of(found)).noneMatch(slot -> slot % 400 == 7 || excluded.get(slot));
            right += (int) IntStream.of(found).filter(truth::get).count();
        }
        assertThat(right).isGreaterThan(50 * K * 97 / 100);
    }

    @Test
    void excludedSlotsAreNeverFound() {
        Clusters clusters = new Clusters(DIMENSION, 4);
        IvfIndex index = filled(Similarity.COSINE, clusters.next(ROWS));
        float[] query = clusters.next();
        BitSet excluded = new BitSet();
        Arrays.stream(index.exact(query, 200, Selection.ALL).slots()).forEach(excluded::set);
        Found found = index.search(query, K, Selection.ALL.without(excluded::get), 0.95f);
        assertThat(Arrays.stream(found.slots())).hasSize(K).noneMatch(excluded::get);
        assertThat(Arrays.stream(index.search(query, K, Selection.of(excluded).without(excluded::get), 0.95f)
                        .slots()))
                .isEmpty();
    }

    @Test
    void replacedRowsAreFoundWhereTheyAreAndNowhereElse() {
        Clusters before = new Clusters(DIMENSION, 5);
        Clusters after = new Clusters(DIMENSION, 6);
        IvfIndex index = filled(Similarity.EUCLIDEAN, before.next(ROWS));
        float[][] rows = after.next(ROWS);
        for (int slot = 0; slot < ROWS; slot++) {
            index.put(slot, rows[slot]);
        }
        assertThat(index.size()).isEqualTo(ROWS);
        IvfIndex fresh = filled(Similarity.EUCLIDEAN, rows);
        fresh.train();
        float[][] queries = after.next(300);
        index.calibrate();
        assertThat(recall(index, queries, Selection.ALL, 0.97f))
                .isGreaterThan(Math.min(0.97, recall(fresh, queries, Selection.ALL, 0.97f)) - 0.02);
        Effort all = new Effort(Float.POSITIVE_INFINITY, ROWS);
        assertThat(index.search(queries[0], ROWS, Selection.ALL, all).slots())
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
    }

    @Test
    void deletedRowsAreNotFoundAndGiveTheirMemoryBack() {
        Clusters clusters = new Clusters(DIMENSION, 7);
        IvfIndex index = filled(Similarity.INNER_PRODUCT, clusters.next(ROWS));
        index.train();
        long full = index.bytes();
        assertThat(full).isGreaterThan(4L * DIMENSION * ROWS);
        for (int slot = 0; slot < ROWS; slot++) {
            if (slot % 10 != 0) {
                index.remove(slot);
            }
        }
        assertThat(index.size()).isEqualTo(ROWS / 10);
        assertThat(index.bytes()).isLessThan(full / 3);
        Found found = index.search(clusters.next(), ROWS, Selection.ALL, new Effort(Float.POSITIVE_INFINITY, ROWS));
        assertThat(found.slots()).hasSize(ROWS / 10);
        assertThat(Arrays.stream(found.slots())).allMatch(slot -> slot % 10 == 0);
        index.remove(0);
        index.remove(0);
        index.remove(ROWS * 10);
        assertThat(index.size()).isEqualTo(ROWS / 10 - 1);
    }

    @Test
    void anEmptyIndexFindsNothingAndHasNothingToTrain() {
        IvfIndex index = index(Similarity.COSINE);
        index.train();
        index.calibrate();
        assertThat(index.lists()).isZero();
        assertThat(index.search(new float[DIMENSION], K, Selection.ALL, 0.95f).slots())
                .isEmpty();
    }

    @Test
    void anIndexCanBeEmptiedAndFilledAgain() {
        Clusters clusters = new Clusters(DIMENSION, 8);
        IvfIndex index = filled(Similarity.COSINE, clusters.next(1000));
        IntStream.range(0, 1000).forEach(index::remove);
        assertThat(index.search(clusters.next(), K, Selection.ALL, 0.95f).slots())
                .isEmpty();
        for (int slot = 0; slot < 1000; slot++) {
            index.put(slot, clusters.next());
        }
        assertThat(recall(index, clusters.next(100), Selection.ALL, 0.95f)).isGreaterThan(0.9);
    }

    @Test
    void rowsThatAreAllAlikeOrZeroDoNoHarm() {
        for (Similarity similarity : Similarity.values()) {
            IvfIndex index = index(similarity);
            for (int slot = 0; slot < 1500; slot++) {
                index.put(slot, new float[DIMENSION]);
            }
            float[] one = new float[DIMENSION];
            one[3] = 1;
            index.put(700, one);
            assertThat(index.search(one, 1, Selection.ALL, 0.95f).slots()).containsExactly(700);
        }
    }

    @Test
    void whatAWriteHasStoredIsFoundWhileOthersWriteAndSearch() throws Exception {
        Clusters clusters = new Clusters(DIMENSION, 9);
        ExecutorService background = Executors.newSingleThreadExecutor();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        AtomicBoolean over = new AtomicBoolean();
        try (IvfIndex index = new IvfIndex(IvfSettings.of(Similarity.EUCLIDEAN, DIMENSION), background)) {
            float[][] rows = clusters.next(ROWS);
            for (int slot = 0; slot < ROWS; slot++) {
                index.put(slot, rows[slot]);
            }
            float[][] queries = clusters.next(50);
            List<Future<?>> readers = IntStream.range(0, 2)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        while (!over.get()) {
                            for (float[] query : queries) {
                                assertThat(index.search(query, K, Selection.ALL, 0.9f)
                                                .slots())
                                        .hasSize(K)
                                        .doesNotHaveDuplicates();
                            }
                        }
                    }))
                    .toList();
            List<Future<?>> writers = IntStream.range(0, 2)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> replaceAndFind(index, i)))
                    .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }
            over.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
            background.shutdown();
        }
    }

    /** The writer's own half of the slots, to where nothing else is. */
    private static void replaceAndFind(IvfIndex index, int half) {
        SplittableRandom random = new SplittableRandom(half);
        for (int i = 0; i < 3000; i++) {
            int slot = 2 * random.nextInt(ROWS / 2) + half;
            float[] row = new float[DIMENSION];
            for (int j = 0; j < DIMENSION; j++) {
                row[j] = (float) random.nextGaussian() * 3;
            }
            index.put(slot, row);
            assertThat(index.search(row, 1, Selection.ALL, new Effort(8, 20)).slots())
                    .containsExactly(slot);
        }
    }

    @Test
    void aVectorOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> index(Similarity.COSINE).put(0, new float[3]))
                .hasMessage("a vector of 3 numbers: the index has 20");
        assertThatThrownBy(() -> new IvfSettings(Similarity.COSINE, 0, 10, 1)).hasMessageContaining("dimension is 0");
        assertThatThrownBy(() -> new Effort(Float.NaN, 1)).hasMessageContaining("reach NaN");
    }
}
