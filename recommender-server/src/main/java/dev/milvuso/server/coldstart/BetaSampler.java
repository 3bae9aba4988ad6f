package dev.milvuso.server.coldstart;

import java.util.random.RandomGenerator;

/** Draws from beta distributions, as the ratio of two gamma ones (Marsaglia and Tsang 2000). */
final class BetaSampler {
    private BetaSampler() {}

    /**
     * @param a and
     * @param b above 0
     * @return 0 to 1
     */
    static double draw(double a, double b, RandomGenerator random) {
        double x = gamma(a, random);
        double y = gamma(b, random);
        return x + y > 0 ? x / (x + y) : a / (a + b);
    }

    private static double gamma(double shape, RandomGenerator random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
            if (v > 0 && isTaken(1 - random.nextDouble(), x * x, d, v)) {
                return d * v;
            }
        }
    }

    /** Mostly without logarithms: below the first bound lies nothing that is not below the second. */
    private static boolean isTaken(double chance, double square, double d, double v) {
        return chance < 1 - 0.0331 * square * square || Math.log(chance) < square / 2 + d * (1 - v + Math.log(v));
    }
}
