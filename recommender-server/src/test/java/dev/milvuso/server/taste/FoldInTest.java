package dev.milvuso.server.taste;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.vector.Metric;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FoldInTest {
    private final FoldIn folding = new FoldIn(4, 8, 3, 2);

    static Stream<Arguments> forms() {
        return Stream.of(Metric.INNER_PRODUCT, Metric.COSINE, Metric.EUCLIDEAN)
                .flatMap(metric -> Stream.of("item", "all", "off").map(biases -> Arguments.of(metric, biases)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void isWhatADenseSolveOfItsDefinitionSays(Metric metric, String biases) {
        SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < 40; trial++) {
            LinearForm form = LinearForm.of(metric, 12, biases);
            Kinds world = Kinds.of(5, 20, 12, trial);
            float[] prior = trial % 4 == 0 ? form.nobody() : world.userOf(trial % 5);
            int count = 1 + random.nextInt(20);
            float[][] acted = new float[count][];
            double[] weights = new double[count];
            double[] parts = new double[count];
            Evidence evidence = new Evidence();
            for (int i = 0; i < count; i++) {
                acted[i] = world.item(random.nextInt(5), random.nextInt(20));
                weights[i] = random.nextDouble(-1, 2);
                parts[i] = i % 3 == 0 ? 1 : random.nextDouble();
                evidence.add(acted[i], weights[i], parts[i]);
            }
            float[] before = prior.clone();
            float[] folded = folding.fold(prior, evidence, ItemMoments.of(form, world.items()));
            double[] expected = new DenseReference(form, world.items()).fold(prior, acted, weights, parts);
            assertThat(prior).isEqualTo(before);
            for (int i = 0; i < 12; i++) {
                double step = i < form.factors() ? expected[i] : 0;
                assertThat((double) folded[i]).isCloseTo(prior[i] + step, within(1e-4 * (1 + Math.abs(step))));
            }
        }
    }

    @Test
    void aLikeOfANewKindRaisesThatKindsShareOfTheTopTen() {
        Kinds world = Kinds.of(20, 50, 64, 3);
        LinearForm form = LinearForm.of(Metric.INNER_PRODUCT, 64, "item");
        ItemMoments moments = ItemMoments.of(form, world.items());
        int risen = 0;
        for (int trial = 0; trial < 200; trial++) {
            float[] user = trial % 2 == 0 ? form.nobody() : world.userOf(trial % 20);
            int kind = (trial + 7) % 20;
            float[] folded = folding.fold(user, liked(world.item(kind, trial % 50), 1), moments);
            risen += world.among(folded, kind, trial % 50) > world.among(user, kind, trial % 50) ? 1 : 0;
        }
        assertThat(risen).isGreaterThanOrEqualTo(190);
    }

    @Test
    void aDislikeTakesItsKindOutOfTheTopTen() {
        Kinds world = Kinds.of(20, 50, 64, 4);
        ItemMoments moments = ItemMoments.of(LinearForm.of(Metric.INNER_PRODUCT, 64, "item"), world.items());
        float[] user = world.userOf(2);
        assertThat(world.among(user, 2, 0)).isGreaterThanOrEqualTo(8);
        float[] folded = folding.fold(user, liked(world.item(2, 0), -1), moments);
        assertThat(world.among(folded, 2, 0)).isLessThan(world.among(user, 2, 0));
    }

    @Test
    void theLengthOfVectorsDoesNotMatter() {
        Kinds world = Kinds.of(5, 20, 16, 5);
        List<float[]> large =
                world.items().stream().map(item -> times(item, 1000)).toList();
        LinearForm form = LinearForm.of(Metric.INNER_PRODUCT, 16, "item");
        float[] small = folding.fold(form.nobody(), liked(world.item(1, 1), 1), ItemMoments.of(form, world.items()));
        float[] same =
                folding.fold(form.nobody(), liked(times(world.item(1, 1), 1000), 1), ItemMoments.of(form, large));
        for (int i = 0; i < 16; i++) {
            assertThat(same[i]).isCloseTo(small[i], within(1e-4f));
        }
    }

    @Test
    void whatSaysNothingMovesNobody() {
        Kinds world = Kinds.of(5, 20, 16, 6);
        LinearForm form = LinearForm.of(Metric.INNER_PRODUCT, 16, "item");
        ItemMoments moments = ItemMoments.of(form, world.items());
        float[] user = world.userOf(1);
        assertThat(folding.fold(user, new Evidence(), moments)).isSameAs(user);
        assertThat(new FoldIn(0, 8, 3, 2).fold(user, liked(world.item(2, 0), 1), moments))
                .isSameAs(user);
        assertThat(folding.fold(user, liked(world.item(2, 0), 1), ItemMoments.of(form, List.of())))
                .isSameAs(user);
        assertThat(folding.fold(user, liked(world.item(2, 0), 1), ItemMoments.of(form, List.of(world.item(2, 0)))))
                .isSameAs(user);
    }

    @Test
    void numbersBeyondAllBoundsMoveNobody() {
        Kinds world = Kinds.of(5, 20, 16, 8);
        LinearForm form = LinearForm.of(Metric.INNER_PRODUCT, 16, "item");
        float[] user = world.userOf(1);
        float[] endless = times(world.item(2, 0), Float.POSITIVE_INFINITY);
        assertThat(folding.fold(user, liked(endless, 1), ItemMoments.of(form, world.items())))
                .isEqualTo(user);
    }

    private static Evidence liked(float[] item, double weight) {
        Evidence evidence = new Evidence();
        evidence.add(item, weight, 1);
        return evidence;
    }

    private static float[] times(float[] vector, float factor) {
        float[] scaled = vector.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }
}
