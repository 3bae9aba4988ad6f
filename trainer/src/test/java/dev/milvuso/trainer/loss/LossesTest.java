package dev.milvuso.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses against the textbook's formulas in double precision, slopes against their difference quotients. */
final class LossesTest {
    private static final int CATALOGUE = 1000;
    private static final double[] LOG_Q = {-2, -7, -5.5, -6, -3, -8};

    private static Group group(double... scores) {
        return labelled(1, scores);
    }

    private static Group labelled(float label, double... scores) {
        Group group = new Group();
        group.begin(scores.length, label, CATALOGUE);
        for (int i = 0; i < scores.length; i++) {
            group.scores()[i] = (float) scores[i];
            group.logProbabilities()[i] = (float) LOG_Q[i % LOG_Q.length];
        }
        return group;
    }

    private static float[] slopes(Group group) {
        return Arrays.copyOf(group.slopes(), group.size());
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** By the book. */
    private static double exact(String loss, double[] s) {
        double sum = 0;
        switch (loss) {
            case "logistic" -> {
                sum = -Math.log(sigmoid(s[0]));
                for (int j = 1; j < s.length; j++) {
                    sum -= Math.log(1 - sigmoid(s[j]));
                }
            }
            case "bpr" -> {
                for (int j = 1; j < s.length; j++) {
                    sum -= Math.log(sigmoid(s[0] - s[j]));
                }
            }
            case "warp" -> {
                for (int j = s.length - 1; j >= 1; j--) {
                    if (1 - s[0] + s[j] > 0) {
                        sum = 0;
                        for (int rank = 1; rank <= (CATALOGUE - 1) / j; rank++) {
                            sum += (1 - s[0] + s[j]) / rank;
                        }
                    }
                }
            }
            case "softmax" -> {
                for (int i = 0; i < s.length; i++) {
                    sum += Math.exp(s[i] - LOG_Q[i]);
                }
                sum = -Math.log(Math.exp(s[0] - LOG_Q[0]) / sum);
            }
            case "squared" -> {
                for (int i = 0; i < s.length; i++) {
                    double error = s[i] - (i == 0 ? 1 : 0);
                    sum += error * error / 2;
                }
            }
            default -> throw new IllegalArgumentException(loss);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic", "bpr", "warp", "softmax", "squared"})
    void lossAndSlopesAreThoseOfTheBook(String name) {
        SplittableRandom random = new SplittableRandom(6);
        for (int round = 0; round < 200; round++) {
            double[] scores = random.doubles(2 + round % 5, -4, 4).toArray();
            Group group = group(scores);
            assertThat(Loss.named(name).slopes(group)).isCloseTo(exact(name, scores), within(1e-4));
            for (int i = 0; i < scores.length; i++) {
                double kept = scores[i];
                scores[i] = kept + 1e-5;
                double above = exact(name, scores);
                scores[i] = kept - 1e-5;
                double below = exact(name, scores);
                scores[i] = kept;
                assertThat((double) group.slopes()[i])
                        .as("slope %s of round %s", i, round)
                        .isCloseTo((above - below) / 2e-5, within(2e-5));
            }
        }
    }

    @Test
    void scoresOfZeroGiveWhatCanBeWorkedOutByHand() {
        Group group = group(0, 0, 0);
        assertThat(new LogisticLoss().slopes(group)).isCloseTo(3 * Math.log(2), within(1e-6));
        assertThat(slopes(group)).containsExactly(-0.5f, 0.5f, 0.5f);
        assertThat(new BprLoss().slopes(group)).isCloseTo(2 * Math.log(2), within(1e-6));
        assertThat(slopes(group)).containsExactly(-1f, 0.5f, 0.5f);
        Arrays.fill(group.logProbabilities(), 0);
        assertThat(new SampledSoftmaxLoss().slopes(group)).isCloseTo(Math.log(3), within(1e-6));
        assertThat(group.slopes()[0]).isCloseTo(-2 / 3f, within(1e-6f));
        assertThat(new SquaredLoss().slopes(group)).isEqualTo(0.5);
        assertThat(slopes(group)).containsExactly(-1f, 0f, 0f);
    }

    @Test
    void warpEstimatesTheRankFromTheFirstNegativeThatComesTooClose() {
        Group group = group(3, 1, 1.5, 2.5, 9);
        double weight = 0;
        for (int rank = 1; rank <= 999 / 3; rank++) {
            weight += 1.0 / rank;
        }
        assertThat(new WarpLoss(1).slopes(group)).isCloseTo(weight * 0.5, within(1e-9));
        assertThat(slopes(group)).containsExactly((float) -weight, 0, 0, (float) weight, 0);
    }

    @Test
    void warpIsSilentWhereEveryNegativeKeepsItsDistance() {
        Group group = group(3, 1, 2);
        assertThat(new WarpLoss(1).slopes(group)).isZero();
        assertThat(slopes(group)).containsExactly(0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1023, 1024, 50_000})
    void warpsWeightIsTheHarmonicNumberOfTheRank(int rank) {
        double sum = 0;
        for (int i = Math.max(1, rank); i >= 1; i--) {
            sum += 1.0 / i;
        }
        assertThat(WarpLoss.weight(rank)).isCloseTo(sum, within(1e-9));
    }

    @Test
    void theCorrectionUndoesThatALikelyItemIsDrawnOften() {
        Group often = group(0, 0);
        often.logProbabilities()[0] = 0;
        often.logProbabilities()[1] = (float) Math.log(8);
        new SampledSoftmaxLoss().slopes(often);
        assertThat(often.slopes()[1]).isCloseTo(1 / 9f, within(1e-6f));
    }

    @Test
    void ratingsAreLabels() {
        Group group = labelled(5, 3.5);
        assertThat(new SquaredLoss().slopes(group)).isCloseTo(1.125, within(1e-9));
        assertThat(group.slopes()[0]).isEqualTo(-1.5f);
    }

    @Test
    void aNegativeAloneIsPushedDownByLogisticLossAndIsNothingToThoseThatCompare() {
        Group group = labelled(0, 0.5);
        assertThat(new LogisticLoss().slopes(group)).isCloseTo(-Math.log(1 - sigmoid(0.5)), within(1e-6));
        assertThat((double) group.slopes()[0]).isCloseTo(sigmoid(0.5), within(1e-6));
        for (String name : new String[] {"bpr", "warp", "softmax"}) {
            assertThat(Loss.named(name).slopes(group)).isZero();
            assertThat(group.slopes()[0]).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic", "bpr", "warp", "softmax", "squared"})
    void aScoreThatIsNoNumberIsNotHidden(String name) {
        assertThat(Loss.named(name).slopes(group(Double.NaN, 1))).isNaN();
        assertThat(Loss.named(name).slopes(group(1, Double.NaN))).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"logistic, 8", "logistic, 1000", "bpr, 1000", "softmax, 1000"})
    void manyScoresFarOutStayFinite(String name, int size) {
        double[] scores = new double[size];
        Arrays.fill(scores, 1, size, 1e6);
        Group group = group(scores);
        assertThat(Loss.named(name).slopes(group)).isFinite().isPositive();
        for (int i = 0; i < size; i++) {
            assertThat(group.slopes()[i]).isFinite();
        }
    }

    @Test
    void theInterceptIsTheLogOddsOfAPositiveWhereOddsAreLearnt() {
        assertThat(new LogisticLoss().intercept(8)).isCloseTo(Math.log(1.0 / 8), within(1e-12));
        assertThat(new LogisticLoss().intercept(0.5)).isZero();
        assertThat(new BprLoss().intercept(8)).isZero();
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> Loss.named("hinge")).hasMessageStartingWith("loss is 'hinge': must be ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpr", "warp", "softmax"})
    void aGroupInWhichNothingWasChosenSaysNothing(String name) {
        Group group = labelled(0, 0.5, 3, 4);
        assertThat(Loss.named(name).slopes(group)).isZero();
        assertThat(slopes(group)).containsOnly(0f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic", "bpr", "warp", "softmax", "squared"})
    void aGroupThatIsUsedAgainKeepsNothingOfItsLastUse(String name) {
        Group used = labelled(5, 0, 5, 6, 7);
        Loss.named(name).slopes(used);
        Group fresh = group(9, 1, 2);
        used.begin(3, 1, CATALOGUE);
        System.arraycopy(fresh.scores(), 0, used.scores(), 0, 3);
        System.arraycopy(fresh.logProbabilities(), 0, used.logProbabilities(), 0, 3);
        assertThat(Loss.named(name).slopes(used)).isEqualTo(Loss.named(name).slopes(fresh));
        assertThat(slopes(used)).containsExactly(slopes(fresh));
    }

    @Test
    void softmaxSeesDifferencesOfLargeScores() {
        Group group = group(1000, 1001);
        Arrays.fill(group.logProbabilities(), 0);
        assertThat(new SampledSoftmaxLoss().slopes(group)).isCloseTo(Math.log1p(Math.E), within(1e-6));
        assertThat((double) group.slopes()[1]).isCloseTo(sigmoid(1), within(1e-6));
    }
}
