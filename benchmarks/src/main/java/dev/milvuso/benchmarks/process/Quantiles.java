package dev.milvuso.benchmarks.process;

import java.util.Collection;

/** Quantiles of measurements. */
public final class Quantiles {
    private Quantiles() {}

    /** Of an even number the mean of both in the middle. */
    public static double median(Collection<Double> measured) {
        double[] sorted = measured.stream().mapToDouble(it -> it).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** The smallest that is at least as large as the share q of all. */
    public static double of(double[] sorted, double q) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(q * sorted.length) - 1)];
    }
}
