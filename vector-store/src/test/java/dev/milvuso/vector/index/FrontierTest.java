package dev.milvuso.vector.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontierTest {
    private final SplittableRandom random = new SplittableRandom(5);
    private final Frontier frontier = new Frontier();

    private float[] scores(int count) {
        float[] scores = new float[CodeBlocks.rounded(count)];
        Arrays.fill(scores, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < count; i++) {
            scores[i] = (float) random.nextGaussian();
        }
        return scores;
    }

    private static float[] sorted(float[] scores) {
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 100, 1000, 5000})
    void theBestAreAllThereInTheirOrder(int count) {
        for (int wanted : new int[] {1, 6, 12, 32}) {
            float[] scores = scores(count);
            int many = frontier.best(scores, count, wanted);
            float[] found = new float[many];
            IntStream.range(0, many).forEach(i -> found[i] = scores[frontier.number(i)]);
            assertThat(many).isBetween(Math.min(count, wanted), count);
            float[] all = sorted(scores);
            assertThat(sorted(found)).isEqualTo(Arrays.copyOfRange(all, all.length - many, all.length));
            float roughly = many <= 24 ? 0 : (all[all.length - 1] - all[all.length - many]) / 60;
            for (int i = 1; i < many; i++) {
                assertThat(found[i]).isLessThanOrEqualTo(found[i - 1] + roughly);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 1000})
    void thoseAboveABarAreFoundAndEqualOnesToo(int count) {
        float[] scores = scores(count);
        Arrays.fill(scores, 0, 30, 3);
        assertThat(frontier.above(scores, count, 2.9f)).isGreaterThanOrEqualTo(30);
        assertThat(frontier.above(scores, count, 9)).isZero();
        float[] alike = new float[CodeBlocks.rounded(count)];
        assertThat(frontier.above(alike, count, -1)).isEqualTo(alike.length);
        assertThat(IntStream.range(0, alike.length).map(frontier::number).distinct())
                .hasSize(alike.length);
    }
}
