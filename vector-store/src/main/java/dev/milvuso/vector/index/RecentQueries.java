package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Some of the last queries, to calibrate by; any number of threads. Counts roughly: an update lost costs nothing. */
final class RecentQueries {
    static final int KEPT = 256;
    private static final int EVERY = 16;

    private final AtomicReferenceArray<float @Nullable []> kept = new AtomicReferenceArray<>(KEPT);
    private volatile int seen;

    /** @return whether it is time to calibrate: after 256, and then each time there have been four times as many */
    boolean add(float[] query) {
        int number = seen + 1;
        seen = number;
        if (number <= KEPT || number % EVERY == 0) {
            kept.set((number <= KEPT ? number - 1 : number / EVERY % KEPT), query.clone());
        }
        return number >= KEPT && Integer.bitCount(number) == 1 && Integer.numberOfTrailingZeros(number) % 2 == 0;
    }

    /** None, until enough have come. */
    float[][] all() {
        if (seen < KEPT) {
            return new float[0][];
        }
        float[][] all = new float[KEPT][];
        Arrays.setAll(all, i -> Objects.requireNonNullElse(kept.get(i), kept.get(0)));
        return all;
    }
}
