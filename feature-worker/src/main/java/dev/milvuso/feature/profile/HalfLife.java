package dev.milvuso.feature.profile;

import java.time.Duration;

/** Exponential decay: after {@code millis} milliseconds half of a value is left. */
public record HalfLife(long millis) {
    /** @throws IllegalArgumentException if it is not above 0 */
    public HalfLife {
        if (millis <= 0) {
            throw new IllegalArgumentException("the half-life is " + millis + " ms: must be above 0");
        }
    }

    public static HalfLife of(Duration duration) {
        return new HalfLife(duration.toMillis());
    }

    /** What is left of 1 between two times in milliseconds since 1970; 1 when {@code to} is not later. */
    public double left(long from, long to) {
        return to <= from ? 1 : Math.pow(0.5, Math.min(200, (to - from) / (double) millis));
    }
}
