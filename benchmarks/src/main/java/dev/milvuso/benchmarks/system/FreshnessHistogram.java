package dev.milvuso.benchmarks.system;

import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server's {@code milvuso_freshness_seconds} says: how many vectors were served at most so many seconds after
 * the action that they contain was accepted.
 */
record FreshnessHistogram(TreeMap<Double, Double> atMost) {
    private static final Pattern BUCKET =
            Pattern.compile("milvuso_freshness_seconds_bucket\\{[^}]*le=\"([^\"]+)\"[^}]*\\} (\\S+)");

    /** @param metrics as {@code GET /metrics} gives them */
    static FreshnessHistogram of(String metrics) {
        TreeMap<Double, Double> atMost = new TreeMap<>();
        Matcher bucket = BUCKET.matcher(metrics);
        while (bucket.find()) {
            String bound = bucket.group(1);
            atMost.put(
                    bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                    Double.parseDouble(bucket.group(2)));
        }
        return new FreshnessHistogram(atMost);
    }

    /** Those that came since. */
    FreshnessHistogram since(FreshnessHistogram before) {
        TreeMap<Double, Double> since = new TreeMap<>();
        atMost.forEach((bound, count) -> since.put(bound, count - before.atMost.getOrDefault(bound, 0.0)));
        return new FreshnessHistogram(since);
    }

    double count() {
        return atMost.isEmpty() ? 0 : atMost.lastEntry().getValue();
    }

    /** The upper bound of the bucket in which it lies, in milliseconds; NaN if there is nothing. */
    double quantileMillis(double share) {
        double wanted = share * count();
        return atMost.entrySet().stream()
                .filter(bucket -> count() > 0 && bucket.getValue() >= wanted)
                .mapToDouble(bucket -> bucket.getKey() * 1000)
                .findFirst()
                .orElse(Double.NaN);
    }
}
