package dev.milvuso.benchmarks.process;

/** Quantiles of measurements. */
public final class Quantiles {
    private Quantiles() {}

    /** The smallest that is at least as large as the share q of all. */
    public static double of(double[] sorted, double q) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(q * sorted.length) - 1)];
    }
}
