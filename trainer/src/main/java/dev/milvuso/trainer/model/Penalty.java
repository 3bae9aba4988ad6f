package dev.milvuso.trainer.model;

import java.util.function.IntUnaryOperator;

/**
 * What keeps rows small.
 *
 * @param l2 half the weight of a row's squared length in the loss of a score, 0 or more
 * @param userFactors of that for each user's row, shape [users]; shape [0] for 1 everywhere
 * @param itemFactors the same of items
 * @param maxNorm most that a row may be long after a step (Srebro et al., NeurIPS 2004); 0 for no bound
 */
public record Penalty(float l2, float[] userFactors, float[] itemFactors, float maxNorm) {
    private static final float[] NONE = {};

    /** The same L2 for every row. */
    public static Penalty l2(double l2) {
        return new Penalty((float) l2, NONE, NONE, 0);
    }

    /** The same L2 for every row, and a bound on how long it may be, 0 for none. */
    public static Penalty bounded(double l2, double maxNorm) {
        return new Penalty((float) l2, NONE, NONE, (float) maxNorm);
    }

    /**
     * L2 that grows with a power of how often a row is chosen (Zhou et al., AAIM 2008; Rendle et al., RecSys 2022). A
     * step on every choice makes that power 1 already, so rows get the factor {@code (count / mean)^(power - 1)}.
     */
    public static Penalty scaled(double l2, double power, int[] userCounts, int[] itemCounts, double maxNorm) {
        boolean plain = power == 1;
        return new Penalty(
                (float) l2,
                plain ? NONE : factors(userCounts, power - 1),
                plain ? NONE : factors(itemCounts, power - 1),
                (float) maxNorm);
    }

    private static float[] factors(int[] counts, double exponent) {
        double sum = 0;
        for (int count : counts) {
            sum += Math.max(1, count);
        }
        float[] factors = new float[counts.length];
        for (int i = 0; i < counts.length; i++) {
            factors[i] = (float) StrictMath.pow(Math.max(1, counts[i]) * counts.length / sum, exponent);
        }
        return factors;
    }

    /**
     * The same penalties, of items that are numbered in another way.
     *
     * @param item the item that has a number, of numbers below {@code size}
     */
    public Penalty withItems(IntUnaryOperator item, int size) {
        if (itemFactors.length == 0) {
            return this;
        }
        float[] factors = new float[size];
        for (int number = 0; number < size; number++) {
            factors[number] = itemFactors[item.applyAsInt(number)];
        }
        return new Penalty(l2, userFactors, factors, maxNorm);
    }

    float ofUser(int row) {
        return userFactors.length == 0 ? l2 : l2 * userFactors[row];
    }

    float ofItem(int row) {
        return itemFactors.length == 0 ? l2 : l2 * itemFactors[row];
    }
}
