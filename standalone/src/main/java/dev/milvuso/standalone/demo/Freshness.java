package dev.milvuso.standalone.demo;

/**
 * From accepted actions to vectors that hold them being served, as {@code /metrics} has it.
 *
 * @param sum seconds
 */
record Freshness(double sum, double count) {
    static final Freshness NONE = new Freshness(0, 0);

    static Freshness in(String metrics) {
        return new Freshness(
                value(metrics, "milvuso_freshness_seconds_sum "), value(metrics, "milvuso_freshness_seconds_count "));
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    /** The mean in between, in seconds; 0 if nothing came. */
    double since(Freshness before) {
        return count > before.count ? (sum - before.sum) / (count - before.count) : 0;
    }
}
