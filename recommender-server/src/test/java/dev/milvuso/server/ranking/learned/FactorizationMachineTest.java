package dev.milvuso.server.ranking.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FactorizationMachineTest {
    private static final int SIZE = 12;
    private static final int FACTORS = 4;

    /** Goes exactly one gradient's length, so that the step taken is the gradient. */
    private record Plain(double[] values) implements Weights {
        @Override
        public float get(int index) {
            return (float) values[index];
        }

        @Override
        public void step(int index, double gradient) {
            values[index] -= gradient;
        }
    }

    private static double[] random(Random random, int length) {
        return random.doubles(length, -1, 1).toArray();
    }

    private static Features features(Random random) {
        Features features = new Features();
        for (int index = 0; index < SIZE; index += 2) {
            features.add(index, random.nextGaussian());
        }
        return features;
    }

    private static double loss(FactorizationMachine machine, Features x, int label) {
        double logit = machine.logit(x);
        return Math.log1p(Math.exp(label == 1 ? -logit : logit));
    }

    @Test
    void theLogitIsTheSumOverAllPairs() {
        Random random = new Random(1);
        double[] linear = random(random, SIZE);
        double[] pairs = random(random, SIZE * FACTORS);
        Features x = features(random);
        double expected = 0.5;
        for (int i = 0; i < x.size(); i++) {
            expected += linear[x.index(i)] * x.value(i);
            for (int j = i + 1; j < x.size(); j++) {
                for (int f = 0; f < FACTORS; f++) {
                    expected +=
                            pairs[x.index(i) * FACTORS + f] * pairs[x.index(j) * FACTORS + f] * x.value(i) * x.value(j);
                }
            }
        }
        FactorizationMachine machine =
                new FactorizationMachine(FACTORS, new Plain(new double[] {0.5}), new Plain(linear), new Plain(pairs));
        assertThat(machine.logit(x)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void eachStepIsTheGradientOfTheLossByFiniteDifferences() {
        Random random = new Random(2);
        double[] bias = random(random, 1);
        double[] linear = random(random, SIZE);
        double[] pairs = random(random, SIZE * FACTORS);
        Features x = features(random);
        for (double[] parameters : new double[][] {bias, linear, pairs}) {
            double[] numeric = new double[parameters.length];
            FactorizationMachine machine =
                    new FactorizationMachine(FACTORS, new Plain(bias), new Plain(linear), new Plain(pairs));
            for (int i = 0; i < parameters.length; i++) {
                double before = parameters[i];
                parameters[i] = before + 1e-2;
                double above = loss(machine, x, 1);
                parameters[i] = before - 1e-2;
                numeric[i] = (above - loss(machine, x, 1)) / 2e-2;
                parameters[i] = before;
            }
            double[] copy = parameters.clone();
            FactorizationMachine learning = new FactorizationMachine(
                    FACTORS,
                    new Plain(parameters == bias ? copy : bias.clone()),
                    new Plain(parameters == linear ? copy : linear.clone()),
                    new Plain(parameters == pairs ? copy : pairs.clone()));
            learning.learn(x, 1, 1);
            for (int i = 0; i < parameters.length; i++) {
                assertThat(parameters[i] - copy[i]).isCloseTo(numeric[i], within(2e-3));
            }
        }
    }

    private static FactorizationMachine machine(int size, int factors, double l1) {
        return new FactorizationMachine(
                factors,
                new FtrlWeights(1, 0.1, 1, 0, 0),
                new FtrlWeights(size, 0.1, 1, l1, 0),
                new AdaGradWeights(FactorizationMachine.start(size, factors, 7), 0.1, 0));
    }

    /** One of two users' features and one of two items': liked exactly if they are the same. */
    private static double accuracyOnPairs(int factors) {
        FactorizationMachine machine = machine(4, factors, 0);
        Random random = new Random(3);
        Features x = new Features();
        int right = 0;
        for (int step = 0; step < 6000; step++) {
            int user = random.nextInt(2);
            int item = random.nextInt(2);
            x.clear();
            x.add(user, 1);
            x.add(2 + item, 1);
            double said = machine.learn(x, user == item ? 1 : 0, 1);
            right += step >= 4000 && said > 0.5 == (user == item) ? 1 : 0;
        }
        return right / 2000.0;
    }

    @Test
    void withFactorsItLearnsWhatOnlyPairsSayAndWithoutItCannot() {
        assertThat(accuracyOnPairs(2)).isGreaterThan(0.99);
        assertThat(accuracyOnPairs(0)).isLessThan(0.65);
    }

    @Test
    void byL1FeaturesThatSayNothingAreExactlyZeroAndThoseThatDoAreNot() {
        FtrlWeights linear = new FtrlWeights(50, 0.1, 1, 60, 0);
        FactorizationMachine machine = new FactorizationMachine(
                0, new FtrlWeights(1, 0.1, 1, 0, 0), linear, new AdaGradWeights(new float[0], 0.1, 0));
        Random random = new Random(4);
        Features x = new Features();
        for (int step = 0; step < 5000; step++) {
            x.clear();
            for (int index = 0; index < 50; index++) {
                x.add(index, random.nextBoolean() ? 1 : -1);
            }
            machine.learn(x, x.value(0) + x.value(1) * 0.5 > 0 ? 1 : 0, 1);
        }
        int zeros = 0;
        for (int index = 2; index < 50; index++) {
            zeros += linear.get(index) == 0 ? 1 : 0;
        }
        assertThat(linear.get(0)).isGreaterThan(0.5f);
        assertThat(zeros).isGreaterThan(40);
    }

    @Test
    void whatIsNoLabelAndNoWeightIsRefusedAndWeightZeroChangesNothing() {
        FactorizationMachine machine = machine(4, 2, 0);
        Features x = new Features();
        x.add(1, 1);
        double before = machine.logit(x);
        machine.learn(x, 1, 0);
        assertThat(machine.logit(x)).isEqualTo(before);
        assertThatThrownBy(() -> machine.learn(x, 2, 1)).hasMessageContaining("label is 2");
        assertThatThrownBy(() -> machine.learn(x, 1, Double.NaN)).hasMessageContaining("weight is NaN");
    }

    @Test
    void hugeAndUnknownValuesLeaveItFinite() {
        FactorizationMachine machine = machine(4, 2, 0);
        Normalisation normalisation = new Normalisation(4);
        Features x = new Features();
        for (int step = 0; step < 200; step++) {
            x.clear();
            x.add(0, step % 2 == 0 ? 1e30 : -1e-30);
            x.add(1, Double.NaN);
            x.add(2, Double.POSITIVE_INFINITY);
            x.add(3, step);
            normalisation.see(x);
            normalisation.apply(x);
            assertThat(machine.learn(x, step % 2, 100)).isBetween(0.0, 1.0);
        }
        assertThat(machine.logit(x)).isFinite();
    }
}
