package dev.milvuso.server.coldstart;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Chooses one of several by Thompson sampling, with a probability that is known: of a number of contests in which each
 * draws its rate from its beta distribution one is taken by chance, so that, the contests given, everyone's probability
 * is its share of those it won; a small part of the probability is shared out equally, so that nobody has none. For one
 * thread.
 */
final class Thompson {
    private static final int CONTESTS = 16;
    private static final double SHARED = 0.1;

    private final double[] successes;
    private final double[] failures;
    private final int[] wins;
    private int chosen;

    /** @param most arms at once */
    Thompson(int most) {
        successes = new double[most];
        failures = new double[most];
        wins = new int[most];
    }

    /** Describes an arm; both above 0, the prior included. */
    void arm(int i, double succeeded, double failed) {
        successes[i] = succeeded;
        failures[i] = failed;
    }

    /**
     * @param arms how many have been described, at least 1
     * @return the chosen arm
     */
    int choose(int arms, RandomGenerator random) {
        Arrays.fill(wins, 0, arms, 0);
        for (int contest = 0; contest < CONTESTS; contest++) {
            wins[winner(arms, random)]++;
        }
        double rest = random.nextDouble();
        for (chosen = 0; chosen < arms - 1; chosen++) {
            rest -= probability(chosen, arms);
            if (rest < 0) {
                break;
            }
        }
        return chosen;
    }

    private int winner(int arms, RandomGenerator random) {
        int best = 0;
        double highest = -1;
        for (int i = 0; i < arms; i++) {
            double rate = BetaSampler.draw(successes[i], failures[i], random);
            if (rate > highest) {
                highest = rate;
                best = i;
            }
        }
        return best;
    }

    /** With which the arm was chosen, or could have been, the last time. */
    double probability(int arm, int arms) {
        return (1 - SHARED) * wins[arm] / CONTESTS + SHARED / arms;
    }
}
