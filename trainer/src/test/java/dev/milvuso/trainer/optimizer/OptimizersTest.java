package dev.milvuso.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.trainer.math.Pull;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the formulas of the papers, in double precision, over many steps of a row in the middle of a table. */
final class OptimizersTest {
    private static final int LENGTH = 5;
    private static final int OFFSET = 7;
    private static final int STATE_OFFSET = 3;
    private static final int STEPS = 50;
    private static final float RATE = 0.05f;

    private final double[] row = new double[LENGTH];
    private final float[] rows = new float[OFFSET + LENGTH + 4];
    private final SplittableRandom random = new SplittableRandom(3);

    /** One step of a row by the book, in double precision. */
    private interface Formula {
        void step(double[] row, double[] gradient, int time);
    }

    private void follow(Optimizer optimizer, Formula formula) {
        for (int i = 0; i < LENGTH; i++) {
            row[i] = rows[OFFSET + i] = (float) random.nextDouble(-1, 1);
        }
        float[] state = new float[STATE_OFFSET + optimizer.stateWidth(LENGTH) + 4];
        float[] gradient = new float[LENGTH + 2];
        double[] exact = new double[LENGTH];
        for (int time = 1; time <= STEPS; time++) {
            for (int i = 0; i < LENGTH; i++) {
                // Of very different sizes, and now and then 0.
                exact[i] =
                        gradient[i] = (float) (random.nextDouble(-1, 1) * Math.pow(10, -i) * (time % 7 == i ? 0 : 1));
            }
            optimizer.step(rows, OFFSET, gradient, LENGTH, state, STATE_OFFSET, RATE);
            formula.step(row, exact, time);
        }
        for (int i = 0; i < LENGTH; i++) {
            assertThat((double) rows[OFFSET + i]).isCloseTo(row[i], within(2e-5));
        }
        assertOthersAreUntouched(state, STATE_OFFSET + optimizer.stateWidth(LENGTH));
    }

    private void assertOthersAreUntouched(float[] state, int stateEnd) {
        for (int i = 0; i < rows.length; i++) {
            if (i < OFFSET || i >= OFFSET + LENGTH) {
                assertThat(rows[i]).isZero();
            }
        }
        for (int i = 0; i < state.length; i++) {
            if (i < STATE_OFFSET || i >= stateEnd) {
                assertThat(state[i]).isZero();
            }
        }
    }

    @Test
    void sgdGoesAgainstTheGradient() {
        follow(new Sgd(), (w, g, t) -> {
            for (int i = 0; i < LENGTH; i++) {
                w[i] -= RATE * g[i];
            }
        });
    }

    @Test
    void adaGradDividesByTheRootOfTheSumOfSquares() {
        double[] sums = new double[LENGTH];
        follow(new AdaGrad(1e-8f), (w, g, t) -> {
            for (int i = 0; i < LENGTH; i++) {
                sums[i] += g[i] * g[i];
                w[i] -= RATE * g[i] / (Math.sqrt(sums[i]) + 1e-8);
            }
        });
    }

    @Test
    void rowWiseAdaGradHasOneSumForTheRow() {
        double[] sum = new double[1];
        follow(new RowWiseAdaGrad(1e-8f), (w, g, t) -> {
            for (int i = 0; i < LENGTH; i++) {
                sum[0] += g[i] * g[i];
            }
            for (int i = 0; i < LENGTH; i++) {
                w[i] -= RATE * g[i] / (Math.sqrt(sum[0]) + 1e-8);
            }
        });
    }

    @Test
    void adamCorrectsItsMomentsByTheNumberOfSteps() {
        double[] first = new double[LENGTH];
        double[] second = new double[LENGTH];
        follow(new LazyAdam(0.9f, 0.999f, 1e-8f), (w, g, t) -> {
            for (int i = 0; i < LENGTH; i++) {
                first[i] = 0.9 * first[i] + 0.1 * g[i];
                second[i] = 0.999 * second[i] + 0.001 * g[i] * g[i];
                double m = first[i] / (1 - Math.pow(0.9, t));
                double v = second[i] / (1 - Math.pow(0.999, t));
                w[i] -= RATE * m / (Math.sqrt(v) + 1e-8);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void momentumAddsUpWhatIsLeftOfEarlierGradients(boolean nesterov) {
        double[] velocity = new double[LENGTH];
        follow(new Momentum(0.9f, nesterov), (w, g, t) -> {
            for (int i = 0; i < LENGTH; i++) {
                velocity[i] = 0.9 * velocity[i] + g[i];
                w[i] -= RATE * (nesterov ? g[i] + 0.9 * velocity[i] : velocity[i]);
            }
        });
    }

    @Test
    void adamWShrinksTheWeightsBesideAdamsStep() {
        double[] first = new double[LENGTH];
        double[] second = new double[LENGTH];
        follow(new AdamW(new LazyAdam(0.9f, 0.999f, 1e-8f), 0.3f), (w, g, t) -> {
            for (int i = 0; i < LENGTH; i++) {
                first[i] = 0.9 * first[i] + 0.1 * g[i];
                second[i] = 0.999 * second[i] + 0.001 * g[i] * g[i];
                double m = first[i] / (1 - Math.pow(0.9, t));
                double v = second[i] / (1 - Math.pow(0.999, t));
                w[i] -= RATE * (m / (Math.sqrt(v) + 1e-8) + 0.3 * w[i]);
            }
        });
    }

    @Test
    void amsGradDividesByTheLargestMomentSoFar() {
        double[] first = new double[LENGTH];
        double[] second = new double[LENGTH];
        double[] largest = new double[LENGTH];
        follow(new AmsGrad(0.9f, 0.9f, 1e-8f), (w, g, t) -> {
            for (int i = 0; i < LENGTH; i++) {
                first[i] = 0.9 * first[i] + 0.1 * g[i];
                second[i] = 0.9 * second[i] + 0.1 * g[i] * g[i];
                largest[i] = Math.max(largest[i], second[i]);
                w[i] -= RATE * first[i] / (Math.sqrt(largest[i]) + 1e-8);
            }
        });
    }

    @Test
    void nadamLooksAheadAlongItsMoment() {
        double[] first = new double[LENGTH];
        double[] second = new double[LENGTH];
        follow(new Nadam(0.9f, 0.999f, 1e-8f), (w, g, t) -> {
            for (int i = 0; i < LENGTH; i++) {
                first[i] = 0.9 * first[i] + 0.1 * g[i];
                second[i] = 0.999 * second[i] + 0.001 * g[i] * g[i];
                double ahead = 0.9 * first[i] / (1 - Math.pow(0.9, t + 1)) + 0.1 * g[i] / (1 - Math.pow(0.9, t));
                w[i] -= RATE * ahead / (Math.sqrt(second[i] / (1 - Math.pow(0.999, t))) + 1e-8);
            }
        });
    }

    @Test
    void rmsPropDividesByTheRootOfTheMovingMean() {
        double[] mean = new double[LENGTH];
        follow(new RmsProp(0.9f, 1e-8f), (w, g, t) -> {
            for (int i = 0; i < LENGTH; i++) {
                mean[i] = 0.9 * mean[i] + 0.1 * g[i] * g[i];
                w[i] -= g[i] == 0 ? 0 : RATE * g[i] / (Math.sqrt(mean[i]) + 1e-8);
            }
        });
    }

    @Test
    void ftrlSolvesItsProximalProblemInClosedForm() {
        double[] z = new double[LENGTH];
        double[] n = new double[LENGTH];
        double l1 = 0.02;
        double l2 = 0.1;
        follow(new FtrlProximal(1, (float) l1, (float) l2), (w, g, t) -> {
            for (int i = 0; i < LENGTH; i++) {
                if (n[i] == 0) {
                    z[i] = -w[i] * (1 / (double) RATE + l2) - Math.signum(w[i]) * l1;
                }
                double sigma = (Math.sqrt(n[i] + g[i] * g[i]) - Math.sqrt(n[i])) / RATE;
                z[i] += g[i] - sigma * w[i];
                n[i] += g[i] * g[i];
                w[i] = Math.abs(z[i]) <= l1
                        ? 0
                        : -(z[i] - Math.signum(z[i]) * l1) / ((1 + Math.sqrt(n[i])) / RATE + l2);
            }
        });
    }

    @Test
    void ftrlStaysWhereItIsWithoutAGradientAndMakesSmallWeightsNothing() {
        float[] one = {0.25f};
        float[] state = new float[2];
        new FtrlProximal(1, 0.5f, 0.5f).step(one, 0, new float[] {0}, 1, state, 0, 0.1f);
        assertThat(one[0]).isCloseTo(0.25f, within(1e-6f));
        float[] small = {0};
        new FtrlProximal(1, 0.5f, 0).step(small, 0, new float[] {0.4f}, 1, new float[2], 0, 0.1f);
        assertThat(small[0]).isZero();
    }

    /** As schedules have it: at the end of one nothing must be lost of what was learnt. */
    @Test
    void ftrlStaysWhereItIsWhenTheRateFalls() {
        FtrlProximal ftrl = new FtrlProximal(1, 0.01f, 0.1f);
        float[] one = {0.25f};
        float[] state = new float[2];
        for (float gradient : new float[] {-0.7f, 0.2f, -0.4f}) {
            ftrl.step(one, 0, new float[] {gradient}, 1, state, 0, 0.5f);
        }
        float learnt = one[0];
        assertThat(learnt).isGreaterThan(0.3f);
        for (float rate = 0.4f; rate > 0.001f; rate *= 0.5f) {
            ftrl.step(one, 0, new float[] {0}, 1, state, 0, rate);
        }
        assertThat(one[0]).isCloseTo(learnt, within(1e-5f));
    }

    @Test
    void adamIsLazySinceARowKeepsItsOwnTime() {
        LazyAdam adam = new LazyAdam(0.9f, 0.999f, 1e-8f);
        float[] state = new float[2 * adam.stateWidth(1)];
        float[] two = {1, 1};
        float[] gradient = {0.5f};
        for (int step = 0; step < 10; step++) {
            adam.step(two, 0, gradient, 1, state, 0, RATE);
        }
        adam.step(two, 1, gradient, 1, state, adam.stateWidth(1), RATE);
        // A first step is as long as the rate, however late it is.
        assertThat(two[1]).isCloseTo(1 - RATE, within(1e-6f));
        assertThat(state[adam.stateWidth(1)]).isEqualTo(1);
    }

    /** Where a row of 0 is after 20 steps of rate 0.05 against a gradient that is always 1. */
    @Test
    void aGradientThatStaysLeadsWhereTheSeriesSays() {
        double roots = 0;
        double velocities = 0;
        double ahead = 0;
        double means = 0;
        double large = 0;
        for (int t = 1; t <= 20; t++) {
            roots += 1 / Math.sqrt(t);
            double velocity = (1 - Math.pow(0.9, t)) / 0.1;
            velocities += velocity;
            ahead += 1 + 0.9 * velocity;
            means += 1 / Math.sqrt(1 - Math.pow(0.99, t));
            large += (1 - Math.pow(0.9, t)) / Math.sqrt(1 - Math.pow(0.999, t));
        }
        assertThat(after20("sgd")).isCloseTo(-0.05 * 20, within(1e-5));
        assertThat(after20("adagrad")).isCloseTo(-0.05 * roots, within(1e-5));
        assertThat(after20("rowwise_adagrad")).isCloseTo(-0.05 * roots, within(1e-5));
        assertThat(after20("momentum")).isCloseTo(-0.05 * velocities, within(1e-4));
        assertThat(after20("nesterov")).isCloseTo(-0.05 * ahead, within(1e-4));
        assertThat(after20("rmsprop")).isCloseTo(-0.05 * means, within(1e-4));
        assertThat(after20("amsgrad")).isCloseTo(-0.05 * large, within(1e-3));
        // Both moments of a constant are corrected to 1: a step is as long as the rate.
        assertThat(after20("adam")).isCloseTo(-0.05 * 20, within(1e-4));
        // From 0 the proximal problem is that of all gradients at once.
        assertThat(after20("ftrl")).isCloseTo(-20 * 0.05 / (1 + Math.sqrt(20)) * (1 - proximity()), within(1e-4));
    }

    /** What the pull towards the earlier weights takes off: the sum of σ w over t, by the steps before. */
    private static double proximity() {
        double z = 0;
        double w = 0;
        for (int t = 1; t <= 20; t++) {
            z += 1 - (Math.sqrt(t) - Math.sqrt(t - 1)) / 0.05 * w;
            w = -z * 0.05 / (1 + Math.sqrt(t));
        }
        return 1 - z / 20;
    }

    private static double after20(String name) {
        Optimizer optimizer = Optimizer.named(name);
        float[] one = {0};
        float[] state = new float[optimizer.stateWidth(1)];
        for (int step = 0; step < 20; step++) {
            optimizer.step(one, 0, new float[] {1}, 1, state, 0, RATE);
        }
        return one[0];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sgd", "momentum", "adagrad", "rowwise_adagrad", "adam", "amsgrad", "nadam", "rmsprop", "ftrl"})
    void aRateOfNothingMovesNothing(String name) {
        Optimizer optimizer = Optimizer.named(name);
        float[] one = {0.3f};
        float[] state = new float[optimizer.stateWidth(1)];
        optimizer.step(one, 0, new float[] {1}, 1, state, 0, 0);
        assertThat(one[0]).isEqualTo(0.3f);
        optimizer.step(one, 0, new float[] {1}, 1, state, 0, RATE);
        assertThat(one[0]).isLessThan(0.3f);
    }

    @ParameterizedTest
    @CsvSource({
        "sgd, 0",
        "momentum, 64",
        "nesterov, 64",
        "adagrad, 64",
        "rowwise_adagrad, 1",
        "adam, 129",
        "adamw, 129",
        "amsgrad, 192",
        "nadam, 129",
        "rmsprop, 64",
        "ftrl, 128"
    })
    void anOptimizerIsChosenByNameAndSaysWhatARowCosts(String name, int width) {
        assertThat(Optimizer.named(name).stateWidth(64)).isEqualTo(width);
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> Optimizer.named("lion")).hasMessageStartingWith("optimizer is 'lion': must be ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sgd",
                "momentum",
                "nesterov",
                "adagrad",
                "rowwise_adagrad",
                "adam",
                "adamw",
                "amsgrad",
                "nadam",
                "rmsprop",
                "ftrl"
            })
    void aStepAgainstAPullIsAStepAgainstItsGradient(String name) {
        Optimizer optimizer = Optimizer.named(name);
        int length = 19;
        float[] state = new float[optimizer.stateWidth(length)];
        float[] sameState = state.clone();
        float[] at = numbers(length);
        float[] same = at.clone();
        Pull pull = new Pull(numbers(length), new float[length], new float[length]);
        for (int step = 0; step < STEPS; step++) {
            pull.by((float) random.nextDouble(-1, 1), 0.02f);
            optimizer.step(at, 0, pull, length, state, 0, RATE);
            optimizer.step(same, 0, pull.gradient(same, 0, length), length, sameState, 0, RATE);
            for (int i = 0; i < length; i++) {
                assertThat(at[i]).isCloseTo(same[i], within(1e-5f));
            }
        }
    }

    private float[] numbers(int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.5f, 0.9f, 0.999f, 0.99999f})
    void aBiasCorrectionIsOneMinusThePower(float beta) {
        BiasCorrection correction = new BiasCorrection(beta);
        for (int t = 1; t < 3_000_000; t += 1 + t / 7) {
            assertThat((double) correction.after(t)).isCloseTo(1 - Math.pow(beta, t), within(1e-7));
        }
    }
}
