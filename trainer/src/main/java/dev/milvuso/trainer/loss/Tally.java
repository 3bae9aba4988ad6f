package dev.milvuso.trainer.loss;

import dev.milvuso.trainer.math.Logarithm;

/** Adds up losses. Likelihoods are multiplied up, and one logarithm is taken of many. For one thread. */
public final class Tally {
    /** Most likelihoods, at least e⁻⁴⁰ each, that may come as one product. */
    static final int FACTORS = 16;

    /** The product of two that are no smaller is an ordinary number. */
    private static final double SMALL = 1e-20;

    private double sum;
    private double likelihood = 1;

    void add(double loss) {
        sum += loss;
    }

    /** Adds {@code -ln} of a likelihood, or of the product of a few. */
    void addLikelihood(double factor) {
        likelihood *= factor;
        if (likelihood < SMALL) {
            sum -= Logarithm.of(likelihood);
            likelihood = 1;
        }
    }

    /** Whether all that was added is. */
    public boolean isFinite() {
        return likelihood > 0 && Double.isFinite(sum);
    }

    /** What was added; NaN if a score was. */
    public double total() {
        return sum - Logarithm.of(likelihood);
    }
}
