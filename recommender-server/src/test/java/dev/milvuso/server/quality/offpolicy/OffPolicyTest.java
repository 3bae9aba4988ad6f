package dev.milvuso.server.quality.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffPolicyTest {
    private static final int SIMULATIONS = 500;
    private static final int CHOICES = 3000;
    private static final int ACTIONS = 5;

    /** 95 % of 500, less two standard errors of such a share. */
    private static final double LEAST_COVERAGE = 0.95 - 2 * Math.sqrt(0.95 * 0.05 / SIMULATIONS);

    /** Each of some contexts, in which actions have their own probabilities of a reward. */
    private record World(double[][] reward, double[][] logging, double[][] target) {
        static World random(Random random) {
            int contexts = 4;
            World world = new World(new double[contexts][], new double[contexts][], new double[contexts][]);
            for (int c = 0; c < contexts; c++) {
                world.reward[c] = random.doubles(ACTIONS, 0.05, 0.6).toArray();
                world.logging[c] = policy(random);
                world.target[c] = policy(random);
            }
            return world;
        }

        private static double[] policy(Random random) {
            double[] shares = random.doubles(ACTIONS, 0.2, 1).toArray();
            double sum = 0;
            for (double each : shares) {
                sum += each;
            }
            for (int i = 0; i < ACTIONS; i++) {
                shares[i] /= sum;
            }
            return shares;
        }

        double truth() {
            double sum = 0;
            for (int c = 0; c < reward.length; c++) {
                sum += expected(c, reward[c]);
            }
            return sum / reward.length;
        }

        private double expected(int context, double[] of) {
            double sum = 0;
            for (int a = 0; a < ACTIONS; a++) {
                sum += target[context][a] * of[a];
            }
            return sum;
        }

        /** A model that is wrong by a good deal, as models are. */
        private double[] model(int context) {
            double[] model = new double[ACTIONS];
            for (int a = 0; a < ACTIONS; a++) {
                model[a] = 0.7 * reward[context][a] + 0.1;
            }
            return model;
        }

        Logged choice(Random random, Optional<String> group, double luck) {
            int context = random.nextInt(reward.length);
            double left = random.nextDouble();
            int action = 0;
            while (action < ACTIONS - 1 && left >= logging[context][action]) {
                left -= logging[context][action++];
            }
            double[] model = model(context);
            return new Logged(
                    random.nextDouble() < reward[context][action] + luck ? 1 : 0,
                    logging[context][action],
                    target[context][action],
                    model[action],
                    expected(context, model),
                    group);
        }
    }

    private static int holds(OffPolicy.Estimate estimate, double truth) {
        return estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
    }

    private static double width(OffPolicy.Estimate estimate) {
        return estimate.high() - estimate.low();
    }

    @Test
    void theTruthLiesWithinTheStatedConfidenceAsOftenAsStated() {
        Random random = new Random(1);
        int[] held = new int[3];
        double[] widths = new double[3];
        for (int n = 0; n < SIMULATIONS; n++) {
            World world = World.random(random);
            OffPolicy estimator = new OffPolicy(Double.POSITIVE_INFINITY);
            for (int i = 0; i < CHOICES; i++) {
                estimator.add(world.choice(random, Optional.empty(), 0));
            }
            OffPolicy.Result result = estimator.result(0.95);
            held[0] += holds(result.ips(), world.truth());
            held[1] += holds(result.snips(), world.truth());
            held[2] += holds(result.dr(), world.truth());
            widths[0] += width(result.ips());
            widths[1] += width(result.snips());
            widths[2] += width(result.dr());
            assertThat(result.meanWeight()).isCloseTo(1, within(0.1));
            assertThat(result.effectiveSamples()).isBetween(CHOICES / 4.0, (double) CHOICES);
        }
        for (int estimator = 0; estimator < 3; estimator++) {
            assertThat(held[estimator] / (double) SIMULATIONS)
                    .as("coverage of estimator " + estimator)
                    .isGreaterThanOrEqualTo(LEAST_COVERAGE);
        }
        // An interval that always holds the truth would be of no use.
        assertThat(held[0] + held[1] + held[2]).isLessThan(3 * SIMULATIONS);
        assertThat(widths[1]).isLessThan(widths[0]);
        assertThat(widths[2]).isLessThan(widths[0]);
        System.getLogger("OffPolicyTest")
                .log(System.Logger.Level.INFO, "coverage of IPS, SNIPS, DR: " + java.util.Arrays.toString(held));
    }

    @Test
    void choicesThatHangTogetherWidenTheInterval() {
        Random random = new Random(2);
        int held = 0;
        int heldApart = 0;
        for (int n = 0; n < SIMULATIONS; n++) {
            World world = World.random(random);
            OffPolicy together = new OffPolicy(Double.POSITIVE_INFINITY);
            OffPolicy apart = new OffPolicy(Double.POSITIVE_INFINITY);
            for (int user = 0; user < 200; user++) {
                double luck = random.nextBoolean() ? 0.3 : -0.3;
                for (int i = 0; i < 10; i++) {
                    Logged choice = world.choice(random, Optional.of("u" + user), Math.max(luck, -0.05));
                    together.add(choice);
                    apart.add(
                            new Logged(choice.reward(), choice.propensity(), choice.target(), 0, 0, Optional.empty()));
                }
            }
            // Luck is 0.3 or -0.05 alike.
            double truth = world.truth() + (0.3 - 0.05) / 2;
            held += holds(together.result(0.95).snips(), truth);
            heldApart += holds(apart.result(0.95).snips(), truth);
        }
        assertThat(held / (double) SIMULATIONS).isGreaterThanOrEqualTo(LEAST_COVERAGE);
        assertThat(heldApart).isLessThan(held);
    }

    @Test
    void clippingIsCountedAndBoundsTheWeights() {
        OffPolicy estimator = new OffPolicy(2);
        estimator.add(new Logged(1, 0.01, 1, 0, 0, Optional.empty()));
        estimator.add(new Logged(0, 1, 1, 0, 0, Optional.empty()));
        OffPolicy.Result result = estimator.result(0.95);
        assertThat(result.clipped()).isEqualTo(1);
        assertThat(result.largestWeight()).isEqualTo(100);
        assertThat(result.ips().value()).isEqualTo(1);
        assertThat(result.snips().value()).isEqualTo(2 / 3.0);
        assertThat(result.effectiveSamples()).isCloseTo(9 / 5.0, within(1e-12));
    }

    @Test
    void whatCannotBeEstimatedIsRefused() {
        OffPolicy never = new OffPolicy(10);
        never.add(new Logged(1, 0.5, 0, 0, 0, Optional.empty()));
        assertThatThrownBy(() -> never.result(0.95)).hasMessageContaining("an estimate needs 2");
        never.add(new Logged(1, 0.5, 0, 0, 0, Optional.empty()));
        assertThatThrownBy(() -> never.result(0.95)).hasMessageContaining("target is 0 in every line");
        assertThatThrownBy(() -> new Logged(1, 0, 1, 0, 0, Optional.empty())).hasMessageContaining("propensity");
        assertThatThrownBy(() -> new Logged(Double.NaN, 1, 1, 0, 0, Optional.empty()))
                .hasMessageContaining("reward");
        assertThatThrownBy(() -> new OffPolicy(Double.NaN)).hasMessageContaining("clip");
    }

    @Test
    void quantilesAreThoseOfTheTables() {
        assertThat(Normal.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-9));
        assertThat(Normal.quantile(0.5)).isCloseTo(0, within(1e-9));
        assertThat(Normal.quantile(0.0005)).isCloseTo(-3.290526731491926, within(1e-8));
    }
}
