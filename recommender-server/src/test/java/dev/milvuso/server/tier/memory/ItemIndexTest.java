package dev.milvuso.server.tier.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.action.ItemId;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.index.Found;
import dev.milvuso.vector.index.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemIndexTest {
    private static final ModelVersion VERSION = new ModelVersion("v1");

    private final ItemSlots slots = new ItemSlots();
    private final ItemIndex index = index(2, Metric.INNER_PRODUCT, 1);

    private ItemIndex index(int dimension, Metric metric, float recall) {
        return new ItemIndex(slots, metric, dimension, recall, Runnable::run, 0, slot -> 0);
    }

    private void put(String id, long epoch, long step, float... vector) {
        put(index, id, epoch, step, vector);
    }

    private static void put(ItemIndex into, String id, long epoch, long step, float... vector) {
        into.put(new Embedding(VERSION, Kind.ITEM, id, vector, 0, epoch, step, 0));
    }

    private List<String> ids(Found found) {
        return Arrays.stream(found.slots())
                .mapToObj(slot -> slots.id(slot).value())
                .toList();
    }

    private void remove(String id, long epoch, long step) {
        remove(index, id, epoch, step);
    }

    private static void remove(ItemIndex from, String id, long epoch, long step) {
        from.remove(new Removal(VERSION, Kind.ITEM, id, epoch, step));
    }

    @Test
    void whatWasRemovedIsNotFoundUntilItComesAnew() {
        put("a", 1, 1, 1, 0);
        put("b", 1, 1, 2, 0);
        float[] query = {1, 0};
        remove("b", 1, 2);
        remove("never", 1, 2);
        assertThat(ids(index.search(query, 10, -1, Selection.ALL))).containsExactly("a");
        assertThat(index.size()).isEqualTo(1);
        put("c", 1, 3, 3, 0);
        put("b", 1, 3, 2, 0);
        assertThat(ids(index.search(query, 10, -1, Selection.ALL))).containsExactly("c", "b", "a");
        assertThat(index.size()).isEqualTo(3);
    }

    @Test
    void aRemovalThatIsOlderThanTheVectorSaysNothing() {
        put("a", 2, 5, 1, 0);
        remove("a", 1, 9);
        remove("a", 2, 4);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void whereMemoryDoesNotSufficeTheMostActiveAreHeldAndTheBudgetIsKept() {
        double[] activities = new double[2000];
        int budget = 64 << 10;
        ItemIndex bounded =
                new ItemIndex(slots, Metric.INNER_PRODUCT, 32, 1, Runnable::run, budget, slot -> activities[slot]);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            activities[slots.of(new ItemId("i" + i))] = random.nextDouble();
        }
        for (int i = 0; i < 2000; i++) {
            put(bounded, "i" + i, 1, 1, new float[32]);
        }
        assertThat(bounded.size()).isEqualTo(2000);
        assertThat(bounded.isWhole()).isFalse();
        assertThat(bounded.held()).isBetween(bounded.capacity() * 9 / 10, bounded.capacity() * 17 / 16);
        assertThat(bounded.held() * (4L * 32 + 32 / 2)).isLessThan(budget);
        double[] sorted = Arrays.stream(activities).sorted().toArray();
        double bar = sorted[2000 - bounded.capacity() * 3 / 4];
        for (int slot = 0; slot < 2000; slot++) {
            assertThat(bounded.lacks(slot)).isEqualTo(bounded.vector(slot) == null);
            if (activities[slot] > bar) {
                assertThat(bounded.vector(slot)).isNotNull();
            }
        }
    }

    @Test
    void anItemThatBecomesActiveTakesThePlaceOfOneThatIsNot() {
        double[] activities = new double[200];
        ItemIndex bounded =
                new ItemIndex(slots, Metric.INNER_PRODUCT, 2, 1, Runnable::run, 106 * 32, slot -> activities[slot]);
        for (int i = 0; i < 100; i++) {
            put(bounded, "i" + i, 1, 1, i, 0);
        }
        int last = slots.find(new ItemId("i99"));
        assertThat(bounded.lacks(last)).isTrue();
        activities[last] = 1;
        for (int i = 0; i < 3; i++) {
            bounded.admit(last, new float[] {99, 0});
        }
        assertThat(bounded.vector(last)).isNotNull();
        assertThat(bounded.held()).isLessThanOrEqualTo(34);
        assertThat(bounded.size()).isEqualTo(100);
        remove(bounded, "i98", 1, 2);
        assertThat(bounded.size()).isEqualTo(99);
    }

    @Test
    void whatIsLentIsThereToBeAskedForAndIsNotFoundBySearches() {
        ItemIndex bounded = new ItemIndex(
                slots, Metric.INNER_PRODUCT, 2, 1, Runnable::run, 106 * 2, slot -> Double.NEGATIVE_INFINITY);
        for (int i = 0; i < 3; i++) {
            put(bounded, "i" + i, 1, 1, i, 1);
        }
        int outside = slots.find(new ItemId("i2"));
        int held = slots.find(new ItemId("i1"));
        assertThat(bounded.misses(outside)).isTrue();
        assertThat(bounded.misses(held)).isFalse();
        bounded.lend(outside, new float[] {2, 1});
        bounded.lend(held, new float[] {7, 7});
        assertThat(bounded.vector(outside)).containsExactly(2, 1);
        assertThat(bounded.vector(held)).containsExactly(1, 1);
        assertThat(bounded.heldVector(outside)).isNull();
        assertThat(bounded.misses(outside)).isFalse();
        assertThat(bounded.lacks(outside)).isTrue();
        assertThat(ids(bounded.search(new float[] {1, 0}, 3, -1, Selection.ALL)))
                .doesNotContain("i2");
        put(bounded, "i2", 1, 2, 5, 1);
        assertThat(bounded.vector(outside)).as("what was published since").containsExactly(5, 1);
        remove(bounded, "i2", 9, 9);
        assertThat(bounded.vector(outside)).isNull();
        assertThat(bounded.misses(outside)).as("gone for good").isFalse();
    }

    @Test
    void whatWasLookedForInVainIsNotLookedForAgainAtOnce() {
        ItemIndex bounded =
                new ItemIndex(slots, Metric.INNER_PRODUCT, 2, 1, Runnable::run, 106, slot -> Double.NEGATIVE_INFINITY);
        put(bounded, "i0", 1, 1, 0, 1);
        put(bounded, "i1", 1, 1, 1, 1);
        int outside = slots.find(new ItemId("i1"));
        bounded.isNowhere(outside);
        assertThat(bounded.misses(outside)).isFalse();
        assertThat(bounded.vector(outside)).isNull();
        bounded.lend(outside, new float[] {1, 1});
        assertThat(bounded.vector(outside)).containsExactly(1, 1);
    }

    @Test
    void theBestComeFirstAndOfEqualOnesThoseThatCameFirst() {
        put("b", 1, 1, 1, 0);
        put("c", 1, 1, 2, 0);
        put("a", 1, 1, 1, 5);
        put("d", 1, 1, -1, 0);
        float[] query = {1, 0};
        assertThat(ids(index.search(query, 10, -1, Selection.ALL))).containsExactly("c", "b", "a", "d");
        assertThat(ids(index.search(query, 2, -1, Selection.ALL))).containsExactly("c", "b");
    }

    @Test
    void whatIsNotWantedIsLeftOutAndMadeUpFor() {
        put("a", 1, 1, 3, 0);
        put("b", 1, 1, 2, 0);
        put("c", 1, 1, 1, 0);
        int a = slots.find(new ItemId("a"));
        assertThat(ids(index.search(new float[] {1, 0}, 2, -1, Selection.matching(slot -> slot != a))))
                .containsExactly("b", "c");
    }

    @Test
    void theThresholdIsOfTheCosineNotOfTheScore() {
        put("near", 1, 1, 0.1f, 0);
        put("far", 1, 1, 10, 10);
        assertThat(ids(index.search(new float[] {1, 0}, 10, 0.9, Selection.ALL)))
                .containsExactly("near");
    }

    @Test
    void aNewerVectorReplacesAndAnOlderDoesNot() {
        put("a", 2, 1, 1, 0);
        put("a", 1, 9, 2, 0);
        put("a", 2, 1, 3, 0);
        float[] query = {1, 0};
        assertThat(index.search(query, 1, -1, Selection.ALL).scores()).containsExactly(1);
        put("a", 2, 2, 4, 0);
        put("a", 3, 0, 5, 0);
        assertThat(index.search(query, 1, -1, Selection.ALL).scores()).containsExactly(5);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void aQueryOfAnotherLengthFindsNothing() {
        put("a", 1, 1, 1, 0);
        assertThat(ids(index.search(new float[] {1}, 1, -1, Selection.ALL))).isEmpty();
    }

    @Test
    void aVectorWhoseScoresWouldNotBeFiniteIsRefused() {
        for (float number : new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, (float) 2e15}) {
            assertThatThrownBy(() -> put("huge", 1, 1, 0, number)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(index.size()).isZero();
    }

    @Test
    void amongThousandsItFindsWhatSortingAllOfThemFinds() {
        Random random = new Random(7);
        ItemIndex exact = index(7, Metric.INNER_PRODUCT, 1);
        ItemIndex quick = index(7, Metric.INNER_PRODUCT, 0.99f);
        Map<String, Double> scores = new HashMap<>();
        float[] query = vector(random);
        for (int i = 0; i < 5000; i++) {
            float[] vector = vector(random);
            put(exact, "item-" + i, 1, 1, vector);
            put(quick, "item-" + i, 1, 1, vector);
            double score = 0;
            for (int j = 0; j < vector.length; j++) {
                score += (double) query[j] * vector[j];
            }
            scores.put("item-" + i, score);
        }
        List<String> all = new ArrayList<>(scores.keySet());
        all.sort(Comparator.<String>comparingDouble(scores::get).reversed());
        assertThat(ids(exact.search(query, 50, -1, Selection.ALL))).isEqualTo(all.subList(0, 50));
        List<String> found = ids(quick.search(query, 50, -1, Selection.ALL));
        assertThat(found).hasSize(50);
        assertThat(found.stream().filter(all.subList(0, 50)::contains).count()).isGreaterThanOrEqualTo(45);
    }

    private static float[] vector(Random random) {
        float[] vector = new float[7];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    @Test
    void everyMetricHasItsOwnNearestAndScoresOneItemAsItScoresMany() {
        float[][] vectors = {{2, 2}, {0.1f, 0}, {1.1f, 0.2f}};
        Map<Metric, String> nearest = Map.of(Metric.INNER_PRODUCT, "i0", Metric.COSINE, "i1", Metric.EUCLIDEAN, "i2");
        float[] query = {1, 0};
        nearest.forEach((metric, item) -> {
            ItemIndex index = index(2, metric, 1);
            for (int i = 0; i < vectors.length; i++) {
                put(index, "i" + i, 1, 1, vectors[i]);
            }
            Found found = index.search(query, 3, -1, Selection.ALL);
            assertThat(ids(found).get(0)).as(metric.label()).isEqualTo(item);
            for (int i = 0; i < 3; i++) {
                int slot = found.slots()[i];
                assertThat(index.score(query, Objects.requireNonNull(index.vector(slot))))
                        .isEqualTo(found.scores()[i]);
            }
        });
    }
}
