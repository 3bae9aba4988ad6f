package dev.milvuso.server.experiment;

/**
 * Of numbers that were drawn independently.
 *
 * @param variance unbiased; 0 for fewer than two
 */
public record Moments(long count, double mean, double variance) {
    public static final Moments NONE = new Moments(0, 0, 0);

    /** Of the mean. */
    double varianceOfMean() {
        return variance / count;
    }
}
