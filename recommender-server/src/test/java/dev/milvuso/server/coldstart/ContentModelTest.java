package dev.milvuso.server.coldstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContentModelTest {
    private static final int DIMENSION = 8;

    private final SplittableRandom random = new SplittableRandom(3);

    private static Item item(String id, String category, List<String> tags, float[] embedding) {
        return new Item(
                new ItemId(id),
                Optional.of(category).filter(text -> !text.isEmpty()),
                tags,
                0,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                false,
                Optional.of(embedding).filter(vector -> vector.length > 0));
    }

    private float[] gaussian(double deviation) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (deviation * random.nextGaussian());
        }
        return vector;
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = a.clone();
        for (int i = 0; i < a.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double as = 0;
        double bs = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            as += a[i] * a[i];
            bs += b[i] * b[i];
        }
        return product / Math.sqrt(as * bs);
    }

    @Test
    void aNewItemStandsWhereItsCategoryAndTagsStand() {
        float[][] kinds = new float[6][];
        float[][] labels = new float[4][];
        for (int i = 0; i < 6; i++) {
            kinds[i] = gaussian(1);
        }
        for (int i = 0; i < 4; i++) {
            labels[i] = gaussian(1);
        }
        List<ContentModel.Warm> warm = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int kind = i % 6;
            int label = i / 6 % 4;
            if (label != (kind + 1) % 4) {
                Item item = item("i" + i, "kind-" + kind, List.of("tag-" + label), new float[0]);
                warm.add(new ContentModel.Warm(item, sum(sum(kinds[kind], labels[label]), gaussian(0.3))));
            }
        }
        ContentModel model = ContentModel.of(warm, 100, DIMENSION, 1).orElseThrow();
        for (int kind = 0; kind < 6; kind++) {
            // A pair of category and tag that no item had.
            Item unseen = item("new", "kind-" + kind, List.of("tag-" + (kind + 1) % 4), new float[0]);
            float[] expected = sum(kinds[kind], labels[(kind + 1) % 4]);
            assertThat(cosine(model.vector(unseen).orElseThrow(), expected)).isGreaterThan(0.98);
        }
    }

    @Test
    void theSitesOwnVectorIsMapped() {
        float[][] map = new float[DIMENSION][];
        for (int i = 0; i < DIMENSION; i++) {
            map[i] = gaussian(1);
        }
        List<ContentModel.Warm> warm = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            float[] content = gaussian(1);
            warm.add(new ContentModel.Warm(item("i" + i, "", List.of(), content), mapped(map, content)));
        }
        ContentModel model = ContentModel.of(warm, 100, DIMENSION, 0.01).orElseThrow();
        float[] content = gaussian(7);
        float[] found = model.vector(item("new", "", List.of(), content)).orElseThrow();
        assertThat(cosine(found, mapped(map, content))).isGreaterThan(0.999);
    }

    /** By the content's direction alone. */
    private static float[] mapped(float[][] map, float[] content) {
        double norm = 0;
        for (float number : content) {
            norm += number * number;
        }
        float[] image = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            for (int d = 0; d < DIMENSION; d++) {
                image[d] += content[i] / (float) Math.sqrt(norm) * map[i][d];
            }
        }
        return image;
    }

    /** At the minimum {@code X'(Y - XW) = ridge·W}, but for the constant. */
    @Test
    void theSolutionIsTheMinimumOfWhatItMinimises() {
        int features = 5;
        double ridge = 2.5;
        NormalEquations equations = new NormalEquations(features, 2);
        double[][] rows = new double[30][features];
        float[][] vectors = new float[30][2];
        for (int s = 0; s < 30; s++) {
            rows[s][0] = 1;
            rows[s][1 + random.nextInt(4)] = 1;
            vectors[s] = new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()};
            equations.add(rows[s], vectors[s], 1);
        }
        double[] weights = equations.solve(ridge);
        for (int f = 1; f < features; f++) {
            for (int d = 0; d < 2; d++) {
                double pull = 0;
                for (int s = 0; s < 30; s++) {
                    double error = vectors[s][d];
                    for (int g = 0; g < features; g++) {
                        error -= rows[s][g] * weights[g * 2 + d];
                    }
                    pull += rows[s][f] * error;
                }
                assertThat(pull).isCloseTo(ridge * weights[f * 2 + d], within(1e-8));
            }
        }
    }

    @Test
    void anItemOfWhichNothingIsKnownHasNoVector() {
        List<ContentModel.Warm> warm = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            warm.add(new ContentModel.Warm(item("i" + i, "known", List.of(), new float[0]), gaussian(1)));
        }
        assertThat(ContentModel.of(warm.subList(0, 5), 100, DIMENSION, 1)).isEmpty();
        ContentModel model = ContentModel.of(warm, 100, DIMENSION, 1).orElseThrow();
        assertThat(model.vector(item("a", "", List.of(), new float[0]))).isEmpty();
        assertThat(model.vector(item("b", "unknown", List.of("t"), gaussian(1))))
                .isEmpty();
        assertThat(model.vector(item("c", "known", List.of("t"), new float[0]))).isPresent();
    }

    @Test
    void onlyTheMostFrequentFeaturesHaveAPlace() {
        List<ContentModel.Warm> warm = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String category = i < 40 ? "often" : "rare-" + i;
            warm.add(new ContentModel.Warm(item("i" + i, category, List.of(), new float[0]), gaussian(1)));
        }
        ContentModel model = ContentModel.of(warm, 1, DIMENSION, 1).orElseThrow();
        assertThat(model.vector(item("a", "often", List.of(), new float[0]))).isPresent();
        assertThat(model.vector(item("b", "rare-59", List.of(), new float[0]))).isEmpty();
    }
}
