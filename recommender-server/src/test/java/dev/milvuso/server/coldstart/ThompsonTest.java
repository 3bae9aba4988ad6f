package dev.milvuso.server.coldstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThompsonTest {
    private static final int DRAWS = 40_000;

    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void drawsHaveMeanAndVarianceOfTheirBetaDistribution() {
        double[][] shapes = {{1, 1}, {0.3, 0.7}, {2, 8}, {50, 3}};
        for (double[] shape : shapes) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < DRAWS; i++) {
                double draw = BetaSampler.draw(shape[0], shape[1], random);
                sum += draw;
                squares += draw * draw;
            }
            double total = shape[0] + shape[1];
            double mean = shape[0] / total;
            double variance = shape[0] * shape[1] / (total * total * (total + 1));
            assertThat(sum / DRAWS).isCloseTo(mean, within(0.01));
            assertThat(squares / DRAWS - mean * mean).isCloseTo(variance, within(0.01));
        }
    }

    @Test
    void whatIsChosenOverItsProbabilityCountsEveryArmOnce() {
        Thompson thompson = new Thompson(8);
        double[] weights = new double[4];
        for (int i = 0; i < DRAWS; i++) {
            for (int arm = 0; arm < 4; arm++) {
                thompson.arm(arm, 1 + 3 * arm, 10);
            }
            int chosen = thompson.choose(4, random);
            weights[chosen] += 1 / thompson.probability(chosen, 4);
        }
        for (double weight : weights) {
            assertThat(weight / DRAWS).isCloseTo(1, within(0.05));
        }
    }

    @Test
    void theBetterArmIsChosenMoreOftenAndTheUnknownOneIsTried() {
        Thompson thompson = new Thompson(3);
        int[] chosen = new int[3];
        for (int i = 0; i < DRAWS; i++) {
            thompson.arm(0, 5, 195);
            thompson.arm(1, 20, 180);
            thompson.arm(2, 0.5, 9.5);
            chosen[thompson.choose(3, random)]++;
        }
        assertThat(chosen[1]).isGreaterThan(2 * chosen[0]);
        assertThat(chosen[2]).isGreaterThan(DRAWS / 20);
    }

    @Test
    void theSameSeedChoosesTheSame() {
        assertThat(choices(9)).isEqualTo(choices(9));
        assertThat(choices(9)).isNotEqualTo(choices(10));
    }

    private static int[] choices(long seed) {
        SplittableRandom seeded = new SplittableRandom(seed);
        Thompson thompson = new Thompson(3);
        int[] choices = new int[50];
        for (int i = 0; i < choices.length; i++) {
            for (int arm = 0; arm < 3; arm++) {
                thompson.arm(arm, 1, 1);
            }
            choices[i] = thompson.choose(3, seeded);
        }
        return choices;
    }

    @Test
    void oneArmAloneIsCertain() {
        Thompson thompson = new Thompson(1);
        thompson.arm(0, 1, 1);
        assertThat(thompson.choose(1, random)).isZero();
        assertThat(thompson.probability(0, 1)).isCloseTo(1, within(1e-9));
    }
}
