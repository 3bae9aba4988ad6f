package dev.milvuso.trainer.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SamplersTest {
    private static final int DRAWS = 200_000;

    private final SplittableRandom random = new SplittableRandom(12);

    private static double[] shares(ItemSampler sampler, int items, int positive) {
        double[] shares = new double[items];
        for (int i = 0; i < DRAWS; i++) {
            shares[sampler.draw(0, positive)] += 1.0 / DRAWS;
        }
        return shares;
    }

    private static void assertShares(double[] shares, double... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            double error = Math.sqrt(wanted[i] * (1 - wanted[i]) / DRAWS);
            assertThat(shares[i]).as("share of %s", i).isCloseTo(wanted[i], within(5 * error));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4})
    void uniformDrawsAllButThePositiveAlike(int positive) {
        double[] wanted = {0.25, 0.25, 0.25, 0.25, 0.25};
        wanted[positive] = 0;
        UniformSampler sampler = new UniformSampler(5, random);
        assertShares(shares(sampler, 5, positive), wanted);
        assertThat(sampler.logProbability(1)).isCloseTo((float) Math.log(0.2), within(1e-6f));
    }

    @Test
    void anAliasTableDrawsByWeight() {
        AliasTable table = new AliasTable(new double[] {1, 0, 5, 0.5, 3.5});
        double[] shares = new double[5];
        for (int i = 0; i < DRAWS; i++) {
            shares[table.draw(random)] += 1.0 / DRAWS;
        }
        assertShares(shares, 0.1, 0, 0.5, 0.05, 0.35);
    }

    @Test
    void anAliasTableOfManyHasTheSharesOfItsWeights() {
        double[] weights =
                new SplittableRandom(3).doubles(1000, 0, 1).map(x -> x * x * x).toArray();
        AliasTable table = new AliasTable(weights);
        double[] counts = new double[1000];
        int draws = 2_000_000;
        for (int i = 0; i < draws; i++) {
            counts[table.draw(random)]++;
        }
        double sum = Arrays.stream(weights).sum();
        double chiSquare = 0;
        for (int i = 0; i < 1000; i++) {
            double expected = draws * weights[i] / sum;
            chiSquare += expected < 1 ? 0 : (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        // About a thousand degrees of freedom: five standard deviations are 224.
        assertThat(chiSquare).isBetween(700.0, 1224.0);
    }

    private static Popularity popularity(double power, int... choices) {
        Popularity popularity = new Popularity(power);
        for (int item = 0; item < choices.length; item++) {
            for (int i = 0; i < choices[item]; i++) {
                popularity.add(item);
            }
        }
        return popularity;
    }

    @Test
    void popularityDrawsByThePowerAndSaysHowLikely() {
        PopularitySampler sampler = new PopularitySampler(popularity(0.5, 1, 4, 16, 9), random);
        // Without the positive, whose share was 2 of 10.
        assertShares(shares(sampler, 4, 1), 0.125, 0, 0.5, 0.375);
        assertThat(sampler.logProbability(2)).isCloseTo((float) Math.log(0.4), within(1e-6f));
        assertThat(sampler.logProbability(1)).isCloseTo((float) Math.log(0.2), within(1e-6f));
    }

    @Test
    void popularityIsKeptCurrent() {
        Popularity popularity = popularity(1, 100, 100);
        assertThat(popularity.table()).isSameAs(popularity.table());
        popularity.add(0);
        AliasTable before = popularity.table();
        for (int i = 0; i < 30; i++) {
            popularity.add(0);
        }
        assertThat(popularity.table()).isNotSameAs(before);
        popularity.add(2);
        assertThat(popularity.items()).isEqualTo(3);
        popularity.table();
        assertThat(popularity.logProbability(2)).isCloseTo((float) Math.log(1 / 232.0), within(1e-5f));
    }

    @Test
    void popularityFindsAnotherThanTheOnlyOneChosen() {
        PopularitySampler sampler = new PopularitySampler(popularity(1, 0, 1_000_000), random);
        for (int i = 0; i < 100; i++) {
            assertThat(sampler.draw(0, 1)).isZero();
        }
    }

    @Test
    void inBatchDrawsTheLastPositivesAsOftenAsTheyCame() {
        InBatchSampler sampler = new InBatchSampler(4, 10, random);
        for (int positive : new int[] {9, 9, 3, 3, 5, 1}) {
            sampler.add(positive);
        }
        double[] shares = shares(sampler, 10, 1);
        assertShares(shares, 0, 0, 0, 2 / 3.0, 0, 1 / 3.0);
        assertThat(shares[9]).as("what has left the batch").isLessThan(1e-4);
        assertThat(sampler.logProbability(3)).isCloseTo((float) Math.log(0.5), within(1e-6f));
        assertThat(sampler.logProbability(9)).isCloseTo((float) Math.log(0.125), within(1e-6f));
    }

    @Test
    void inBatchDrawsUniformlyAsLongAsThereIsNoBatch() {
        InBatchSampler sampler = new InBatchSampler(4, 3, random);
        assertShares(shares(sampler, 3, 1), 0.5, 0, 0.5);
        sampler.add(1);
        assertShares(shares(sampler, 3, 1), 0.5, 0, 0.5);
    }

    @Test
    void hardTakesTheBestOfSeveral() {
        HardSampler sampler = new HardSampler(new UniformSampler(5, random), 2, (user, item) -> item);
        // The larger of two draws of 0, 1, 2, 3 is i with the chance (2 i + 1) / 16.
        assertShares(shares(sampler, 5, 4), 1 / 16.0, 3 / 16.0, 5 / 16.0, 7 / 16.0, 0);
        assertThat(sampler.logProbability(0)).isCloseTo((float) Math.log(0.2), within(1e-6f));
    }

    @Test
    void whatTheUserHasChosenIsNotDrawnUnlessThereIsNothingElse() {
        ItemSampler uniform = new UniformSampler(4, random);
        assertShares(shares(new UnseenSampler(uniform, (user, item) -> item == 2), 4, 0), 0, 0.5, 0, 0.5);
        assertThat(new UnseenSampler(uniform, (user, item) -> true).draw(0, 0)).isBetween(1, 3);
    }

    @Test
    void anItemOfNoWeightIsNeverDrawnHoweverTheDiceFall() {
        AliasTable table = new AliasTable(new double[] {0, 1, 0, 1});
        for (long place = 0; place < 4; place++) {
            long bits = place << 62;
            assertThat(table.draw(() -> bits)).isIn(1, 3);
            assertThat(table.draw(() -> bits | 0xffffffffL)).isIn(1, 3);
        }
    }

    @Test
    void popularityTakesItemsInAnyOrderOfTheirNumbers() {
        Popularity popularity = new Popularity(1);
        for (int item : new int[] {16, 100, 100, 100, 3}) {
            popularity.add(item);
        }
        popularity.table();
        assertThat(popularity.items()).isEqualTo(101);
        // 98 items count half.
        assertThat(popularity.logProbability(100)).isCloseTo((float) Math.log(3 / 54.0), within(1e-6f));
        assertThat(popularity.logProbability(16)).isCloseTo((float) Math.log(1 / 54.0), within(1e-6f));
        assertThat(popularity.logProbability(4)).isCloseTo((float) Math.log(0.5 / 54.0), within(1e-6f));
    }

    @Test
    void popularityIsWorkedOutAnewOnceMoreThanATenthOfItIsNew() {
        Popularity popularity = popularity(1, 100, 100);
        AliasTable made = popularity.table();
        for (int i = 0; i < 22; i++) {
            popularity.add(0);
        }
        assertThat(popularity.table()).isSameAs(made);
        popularity.add(1);
        assertThat(popularity.table()).isNotSameAs(made);
    }

    @Test
    void wherePopularityNeverGivesAnotherItemItIsStillOneThatExists() {
        PopularitySampler first = new PopularitySampler(popularity(1, 1_000_000, 1, 1), random);
        PopularitySampler last = new PopularitySampler(popularity(1, 1, 1, 1_000_000), random);
        for (int i = 0; i < 100; i++) {
            assertThat(first.draw(0, 0)).isBetween(1, 2);
            assertThat(last.draw(0, 2)).isBetween(0, 1);
        }
    }

    @Test
    void whatIsLeftOutDoesNotChangeHowLikelyTheRestIsSaidToBe() {
        ItemSampler popular = new PopularitySampler(popularity(1, 3, 1), random);
        popular.draw(0, 0);
        ItemSampler unseen = new UnseenSampler(popular, (user, item) -> item == 0);
        assertThat(unseen.logProbability(0)).isCloseTo((float) Math.log(0.75), within(1e-6f));
    }
}
