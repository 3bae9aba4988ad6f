package dev.milvuso.server.discover;

import java.time.Duration;

/**
 * How far an item is above its own past: the decayed sum of late against what the slower sum lets expect, in standard
 * deviations of a count of that size. Both sums of a steady item stand in the proportion of their half-lives, and its
 * rise is 0.
 *
 * @param popularity half-life of the slower sum, in milliseconds
 * @param trend that of the faster one
 */
record Rise(double popularity, double trend) {
    static Rise of(Duration popularity, Duration trend) {
        return new Rise(popularity.toMillis(), trend.toMillis());
    }

    /**
     * @param slow weights, decayed up to {@code age} milliseconds ago
     * @param fast the same, decayed faster
     */
    double of(double slow, double fast, double age) {
        double expected = slow * Math.pow(0.5, age / popularity) * trend / popularity;
        double seen = fast * Math.pow(0.5, age / trend);
        return (seen - expected) / Math.sqrt(expected + 1);
    }
}
