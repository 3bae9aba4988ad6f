package dev.milvuso.server.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SequentialTestTest {
    private static final int SIMULATIONS = 2000;
    private static final int USERS = 4000;
    private static final double ALPHA = 0.05;
    private static final double EFFECT = 0.02;

    /** Two standard errors of a share of 5 % among the simulations. */
    private static final double ERROR = 2 * Math.sqrt(ALPHA * (1 - ALPHA) / SIMULATIONS);

    /** Moments of numbers as they come (Welford). */
    private static final class Running {
        private long count;
        private double mean;
        private double squares;

        void add(double value) {
            count++;
            double before = value - mean;
            mean += before / count;
            squares += before * (value - mean);
        }

        Moments moments() {
            return new Moments(count, mean, count < 2 ? 0 : squares / (count - 1));
        }
    }

    /** The CTR of a user who saw ten items. */
    private static double user(Random random, double ctr) {
        int clicks = 0;
        for (int i = 0; i < 10; i++) {
            clicks += random.nextDouble() < ctr ? 1 : 0;
        }
        return clicks / 10.0;
    }

    /** The user at which a test that is looked at after every single one says there is a difference; 0: never. */
    private static int firstSignificant(Random random, double control, double other) {
        Running one = new Running();
        Running two = new Running();
        for (int i = 1; i <= USERS; i++) {
            one.add(user(random, control));
            two.add(user(random, other));
            if (SequentialTest.of(one.moments(), two.moments(), EFFECT, ALPHA).p() <= ALPHA) {
                return i;
            }
        }
        return 0;
    }

    @Test
    void whereNothingDiffersPeekingAfterEveryUserFindsADifferenceAtMostAsOftenAsAlphaSays() {
        Random random = new Random(1);
        int found = 0;
        for (int n = 0; n < SIMULATIONS; n++) {
            found += firstSignificant(random, 0.1, 0.1) > 0 ? 1 : 0;
        }
        System.getLogger("test").log(System.Logger.Level.INFO, "A/A: " + found + " of " + SIMULATIONS);
        assertThat(found / (double) SIMULATIONS).isLessThanOrEqualTo(ALPHA + ERROR);
    }

    @Test
    void aDifferenceThatIsThereIsFoundAndLargerOnesEarlier() {
        Random random = new Random(2);
        int found = 0;
        long usersOfSmall = 0;
        long usersOfLarge = 0;
        for (int n = 0; n < 200; n++) {
            int small = firstSignificant(random, 0.1, 0.12);
            int large = firstSignificant(random, 0.1, 0.14);
            found += small > 0 ? 1 : 0;
            usersOfSmall += small > 0 ? small : USERS;
            usersOfLarge += large > 0 ? large : USERS;
            assertThat(large).isPositive();
        }
        System.getLogger("test")
                .log(
                        System.Logger.Level.INFO,
                        "power " + found / 200.0 + ", users a side " + usersOfSmall / 200 + ", " + usersOfLarge / 200);
        assertThat(found / 200.0).isGreaterThan(0.9);
        assertThat(usersOfLarge).isLessThan(usersOfSmall / 2);
    }

    @Test
    void theConfidenceSequenceHoldsTheTruthAtAllTimesTogether() {
        Random random = new Random(3);
        int lost = 0;
        for (int n = 0; n < SIMULATIONS; n++) {
            Running one = new Running();
            Running two = new Running();
            boolean held = true;
            for (int i = 0; i < USERS / 4; i++) {
                one.add(user(random, 0.1));
                two.add(user(random, 0.13));
                SequentialTest test = SequentialTest.of(one.moments(), two.moments(), EFFECT, ALPHA);
                held &= test.low() <= 0.03 && 0.03 <= test.high();
            }
            lost += held ? 0 : 1;
        }
        assertThat(lost / (double) SIMULATIONS).isLessThanOrEqualTo(ALPHA + ERROR);
    }

    @Test
    void beforeThereIsEnoughNothingIsSaid() {
        Moments few = new Moments(SequentialTest.LEAST - 1, 0.1, 0.01);
        Moments many = new Moments(100_000, 0.9, 0.01);
        assertThat(SequentialTest.of(few, many, EFFECT, ALPHA).p()).isEqualTo(1);
        assertThat(SequentialTest.of(Moments.NONE, Moments.NONE, EFFECT, ALPHA).high())
                .isInfinite();
        Moments still = new Moments(1000, 0, 0);
        assertThat(SequentialTest.of(still, still, EFFECT, ALPHA).p()).isEqualTo(1);
    }

    @Test
    void anHonestSplitIsRarelyDoubtedAndAWrongOneSoon() {
        Random random = new Random(4);
        int doubted = 0;
        int missed = 0;
        for (int n = 0; n < 500; n++) {
            doubted += lowestP(random, 0.5) <= ALPHA ? 1 : 0;
            missed += lowestP(random, 0.55) <= ALPHA ? 0 : 1;
        }
        assertThat(doubted / 500.0).isLessThanOrEqualTo(ALPHA + 2 * Math.sqrt(ALPHA * (1 - ALPHA) / 500));
        assertThat(missed).isLessThan(25);
    }

    private static double lowestP(Random random, double share) {
        long first = 0;
        double lowest = 1;
        for (long i = 1; i <= 3000; i++) {
            first += random.nextDouble() < share ? 1 : 0;
            lowest = Math.min(lowest, SampleRatio.p(java.util.List.of(first, i - first), java.util.List.of(1.0, 1.0)));
        }
        return lowest;
    }
}
