package dev.milvuso.trainer.loss;

/**
 * Weighted approximate-rank pairwise loss (Weston, Bengio and Usunier, "WSABIE", IJCAI 2011). The first negative, in
 * the order drawn, that comes within the margin of the positive is stepped against; that it took N draws to find it
 * says that the positive's rank is about {@code (catalogue - 1) / N}, and the step weighs {@code 1 + 1/2 + … + 1/rank}.
 * Says nothing where nothing was chosen.
 *
 * @param margin above 0
 */
public record WarpLoss(float margin) implements Loss {
    /** Sums of reciprocals, and their asymptotic series beyond it. */
    private static final double[] HARMONIC = harmonic(1024);

    @Override
    public double slopes(Group group) {
        float[] scores = group.scores();
        float[] slopes = group.slopes();
        for (int j = 0; j < group.size(); j++) {
            slopes[j] = 0;
        }
        if (!group.chosen()) {
            return 0;
        }
        for (int j = 1; j < group.size(); j++) {
            float violation = margin - scores[0] + scores[j];
            // Not "> 0", so that NaN is found.
            if (!(violation <= 0)) {
                double weight = weight((group.catalogue() - 1) / j);
                slopes[0] = (float) -weight;
                slopes[j] = (float) weight;
                return weight * violation;
            }
        }
        return 0;
    }

    /** The sum of 1 / i up to the rank, at least 1. */
    static double weight(int rank) {
        if (rank < HARMONIC.length) {
            return HARMONIC[Math.max(1, rank)];
        }
        double n = rank;
        return StrictMath.log(n) + 0.5772156649015329 + 1 / (2 * n) - 1 / (12 * n * n);
    }

    private static double[] harmonic(int length) {
        double[] sums = new double[length];
        for (int i = 1; i < length; i++) {
            sums[i] = sums[i - 1] + 1.0 / i;
        }
        return sums;
    }
}
