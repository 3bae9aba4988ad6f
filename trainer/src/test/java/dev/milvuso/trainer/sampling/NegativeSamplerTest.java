package dev.milvuso.trainer.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NegativeSamplerTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 50, 100})
    void drawsAreUniformOverAllItemsButThePositive(int positive) {
        int items = 101;
        int draws = 100_000;
        NegativeSampler sampler = new NegativeSampler(1, new SplittableRandom(11));
        int[] counts = new int[items];
        for (int n = 0; n < draws; n++) {
            counts[sampler.draw(items, positive)]++;
        }
        assertThat(counts[positive]).isZero();
        double expected = draws / (items - 1.0);
        double chiSquare = 0;
        for (int item = 0; item < items; item++) {
            if (item != positive) {
                chiSquare += (counts[item] - expected) * (counts[item] - expected) / expected;
            }
        }
        // Chi-square with 99 degrees of freedom: 0.01 % of uniform samples lie above 161.3, as many below 54.
        assertThat(chiSquare).isBetween(54.0, 161.3);
    }

    @Test
    void ofTwoItemsItIsAlwaysTheOther() {
        NegativeSampler sampler = new NegativeSampler(1, new SplittableRandom(11));
        for (int n = 0; n < 1000; n++) {
            assertThat(sampler.draw(2, n % 2)).isEqualTo(1 - n % 2);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 1, 2.5, 8})
    void theNumberOfNegativesIsTheRatioOnAverage(double ratio) {
        NegativeSampler sampler = new NegativeSampler(ratio, new SplittableRandom(11));
        int positives = 40_000;
        double sum = 0;
        for (int n = 0; n < positives; n++) {
            int count = sampler.count();
            assertThat((double) count).isBetween(Math.floor(ratio), Math.ceil(ratio));
            sum += count;
        }
        assertThat(sum / positives).isCloseTo(ratio, within(0.015));
    }

    @Test
    void oneSeedGivesOneSequence() {
        NegativeSampler one = new NegativeSampler(2.5, new SplittableRandom(5));
        NegativeSampler same = new NegativeSampler(2.5, new SplittableRandom(5));
        for (int n = 0; n < 1000; n++) {
            assertThat(one.count()).isEqualTo(same.count());
            assertThat(one.draw(1000, n)).isEqualTo(same.draw(1000, n));
        }
    }
}
