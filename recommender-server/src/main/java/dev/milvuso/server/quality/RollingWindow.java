package dev.milvuso.server.quality;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The lists served lately, in sixty buckets: those of the present sixtieth of the window and of the 59 before it. A
 * list counts where it was served, whenever what follows it comes. Not safe for use by many threads.
 */
final class RollingWindow {
    static final int BUCKETS = 60;

    private final long width;
    private final @Nullable Bucket[] ring = new Bucket[BUCKETS];
    private final long[] numbers = new long[BUCKETS];

    RollingWindow(Duration length) {
        width = length.toMillis() / BUCKETS;
    }

    /** A list that is older than what the ring holds has a bucket too, of which nobody will hear. */
    Bucket at(long servedAt) {
        long number = Math.floorDiv(servedAt, width);
        int slot = (int) Math.floorMod(number, (long) BUCKETS);
        Bucket bucket = ring[slot];
        if (bucket == null || numbers[slot] < number) {
            bucket = new Bucket();
            ring[slot] = bucket;
            numbers[slot] = number;
        }
        return numbers[slot] == number ? bucket : new Bucket();
    }

    /** @param now milliseconds since 1970 */
    Bucket sum(long now) {
        long last = Math.floorDiv(now, width);
        Bucket sum = new Bucket();
        for (int slot = 0; slot < BUCKETS; slot++) {
            Bucket bucket = ring[slot];
            if (bucket != null && numbers[slot] <= last && numbers[slot] > last - BUCKETS) {
                sum.add(bucket);
            }
        }
        return sum;
    }
}
