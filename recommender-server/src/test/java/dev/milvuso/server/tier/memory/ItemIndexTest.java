package dev.milvuso.server.tier.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.tier.Scored;
import dev.milvuso.vector.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemIndexTest {
    private static final float HUGE = Float.MAX_VALUE;

    private final ItemIndex index = new ItemIndex(Metric.INNER_PRODUCT);

    private void put(String id, long epoch, long step, float... vector) {
        index.put(new Embedding(new ModelVersion("v1"), Kind.ITEM, id, vector, 0, epoch, step, 0));
    }

    private List<String> ids(List<Scored> found) {
        return found.stream().map(each -> each.item().value()).toList();
    }

    private void remove(String id, long epoch, long step) {
        index.remove(new Removal(new ModelVersion("v1"), Kind.ITEM, id, epoch, step));
    }

    @Test
    void whatWasRemovedIsNotFoundUntilItComesAnew() {
        put("a", 1, 1, 1, 0);
        put("b", 1, 1, 2, 0);
        float[] query = {1, 0};
        remove("b", 1, 2);
        remove("never", 1, 2);
        assertThat(ids(index.search(query, 10, -1, item -> true))).containsExactly("a");
        assertThat(index.size()).isEqualTo(1);
        put("c", 1, 3, 3, 0);
        put("b", 1, 3, 2, 0);
        assertThat(ids(index.search(query, 10, -1, item -> true))).containsExactly("c", "b", "a");
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
    void theBestComeFirstAndTiesById() {
        put("b", 1, 1, 1, 0);
        put("c", 1, 1, 2, 0);
        put("a", 1, 1, 1, 5);
        put("d", 1, 1, -1, 0);
        float[] query = {1, 0};
        assertThat(ids(index.search(query, 10, -1, item -> true))).containsExactly("c", "a", "b", "d");
        assertThat(ids(index.search(query, 2, -1, item -> true))).containsExactly("c", "a");
    }

    @Test
    void whatIsNotWantedIsLeftOutAndMadeUpFor() {
        put("a", 1, 1, 3);
        put("b", 1, 1, 2);
        put("c", 1, 1, 1);
        assertThat(ids(index.search(new float[] {1}, 2, -1, item -> !item.equals(new ItemId("a")))))
                .containsExactly("b", "c");
    }

    @Test
    void theThresholdIsOfTheCosineNotOfTheScore() {
        put("near", 1, 1, 0.1f, 0);
        put("far", 1, 1, 10, 10);
        assertThat(ids(index.search(new float[] {1, 0}, 10, 0.9, item -> true))).containsExactly("near");
    }

    @Test
    void aNewerVectorReplacesAndAnOlderDoesNot() {
        put("a", 2, 1, 1);
        put("a", 1, 9, 2);
        put("a", 2, 1, 3);
        assertThat(index.search(new float[] {1}, 1, -1, item -> true).get(0).score())
                .isEqualTo(1);
        put("a", 2, 2, 4);
        put("a", 3, 0, 5);
        assertThat(index.search(new float[] {1}, 1, -1, item -> true).get(0).score())
                .isEqualTo(5);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void aVectorOfAnotherLengthIsNotCompared() {
        put("short", 1, 1, 1);
        assertThat(index.search(new float[] {1, 0}, 1, -1, item -> true)).isEmpty();
    }

    @Test
    void whatHasNoFiniteScoreIsLeftOut() {
        put("huge", 1, 1, HUGE, HUGE);
        put("neither", 1, 1, HUGE, -HUGE);
        put("minus", 1, 1, -HUGE, -HUGE);
        put("good", 1, 1, 1, 1);
        for (int k : new int[] {1, 10}) {
            assertThat(ids(index.search(new float[] {10, 10}, k, -1, item -> true)))
                    .containsExactly("good");
        }
        assertThat(index.search(new float[] {Float.NaN, 0}, 10, -1, item -> true))
                .isEmpty();
    }

    @Test
    void amongThousandsItFindsWhatSortingAllOfThemFinds() {
        Random random = new Random(7);
        List<Scored> all = new ArrayList<>();
        float[] query = vector(random);
        for (int i = 0; i < 5000; i++) {
            float[] vector = vector(random);
            put("item-" + i, 1, 1, vector);
            double score = 0;
            for (int j = 0; j < vector.length; j++) {
                score += (double) query[j] * vector[j];
            }
            all.add(new Scored(new ItemId("item-" + i), (float) score));
        }
        all.sort(Comparator.comparingDouble(Scored::score).reversed());
        assertThat(ids(index.search(query, 50, -1, item -> true))).isEqualTo(ids(all).subList(0, 50));
    }

    private static float[] vector(Random random) {
        float[] vector = new float[7];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    @Test
    void everyMetricHasItsOwnNearest() {
        float[][] vectors = {{2, 2}, {0.1f, 0}, {1.1f, 0.2f}};
        Map<Metric, String> nearest = Map.of(Metric.INNER_PRODUCT, "i0", Metric.COSINE, "i1", Metric.EUCLIDEAN, "i2");
        nearest.forEach((metric, item) -> {
            ItemIndex index = new ItemIndex(metric);
            for (int i = 0; i < vectors.length; i++) {
                index.put(new Embedding(new ModelVersion("m"), Kind.ITEM, "i" + i, vectors[i], 0, 1, 1, 0));
            }
            List<Scored> found = index.search(new float[] {1, 0}, 3, -1, any -> true);
            assertThat(found.get(0).item()).as(metric.label()).isEqualTo(new ItemId(item));
        });
    }
}
