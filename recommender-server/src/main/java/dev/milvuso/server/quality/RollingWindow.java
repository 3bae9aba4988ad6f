package dev.milvuso.server.quality;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The lists served lately, in sixty buckets: those of the present sixtieth of the window and of the 59 before it. A
 * list counts where it was served, whenever what follows it comes. What is in the present bucket comes into that of the
 * next longer window when the bucket is over, so that a list is counted once and not in each window. Not safe for use
 * by many threads.
 */
final class RollingWindow {
    static final int BUCKETS = 60;

    private final long width;
    private final @Nullable RollingWindow longer;
    private @Nullable RollingWindow shorter;
    private final @Nullable Bucket[] ring = new Bucket[BUCKETS];
    private final long[] numbers = new long[BUCKETS];
    private @Nullable Bucket present;
    private long presentNumber = Long.MIN_VALUE;

    /** @param longer the next longer one, whose sixtieth is a whole number of this one's */
    RollingWindow(Duration length, @Nullable RollingWindow longer) {
        this.width = length.toMillis() / BUCKETS;
        this.longer = longer;
        if (longer != null) {
            longer.shorter = this;
        }
    }

    /** A list that is older than what the ring holds has a bucket too, which counts in the longer windows alone. */
    Bucket at(long servedAt) {
        long number = Math.floorDiv(servedAt, width);
        int slot = (int) Math.floorMod(number, (long) BUCKETS);
        Bucket bucket = ring[slot];
        if (bucket != null && numbers[slot] == number) {
            return bucket;
        }
        Bucket added = new Bucket(longer == null ? null : longer.at(servedAt));
        if (bucket == null || numbers[slot] < number) {
            ring[slot] = added;
            numbers[slot] = number;
        }
        if (number <= presentNumber) {
            added.over();
            return added;
        }
        if (present != null) {
            present.over();
        }
        present = added;
        presentNumber = number;
        return added;
    }

    /** @param now milliseconds since 1970 */
    Bucket sum(long now) {
        Bucket sum = new Bucket(null);
        for (int slot = 0; slot < BUCKETS; slot++) {
            Bucket bucket = ring[slot];
            if (bucket != null && isWithin(numbers[slot], now)) {
                sum.add(bucket);
            }
        }
        for (RollingWindow each = shorter; each != null; each = each.shorter) {
            if (each.present != null && isWithin(Math.floorDiv(each.presentNumber * each.width, width), now)) {
                sum.add(each.present);
            }
        }
        return sum;
    }

    private boolean isWithin(long number, long now) {
        long last = Math.floorDiv(now, width);
        return number <= last && number > last - BUCKETS;
    }
}
