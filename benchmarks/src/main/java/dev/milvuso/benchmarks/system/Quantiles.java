package dev.milvuso.benchmarks.system;

/** Quantiles of measurements. */
final class Quantiles {
    private Quantiles() {}

    /** The smallest that is at least as large as the share q of all. */
    static double of(double[] sorted, double q) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(q * sorted.length) - 1)];
    }
}
