package dev.milvuso.server.ranking;

import dev.milvuso.action.IdHash;
import dev.milvuso.action.ItemId;
import java.util.Arrays;

/**
 * How often one user was shown which items of late without an answer: at most {@link #MOST} items, of which the one
 * shown longest ago gives way. Grows as they come, up to 1.3 KB. Safe for use by many threads.
 */
final class Showings {
    static final int MOST = 64;
    private static final int FIRST = 16;

    private long[] items = new long[FIRST];
    private long[] times = new long[FIRST];
    private int[] counts = new int[FIRST];
    private int size;

    /**
     * @param at milliseconds since 1970
     * @param window in milliseconds: showings that are further apart do not add up
     */
    synchronized void shown(ItemId item, long at, long window) {
        long hash = IdHash.of(item.value());
        int place = place(hash);
        if (place < 0) {
            place = size < MOST ? added() : oldest();
            items[place] = hash;
            counts[place] = 0;
            times[place] = at;
        }
        counts[place] = at - times[place] > window ? 1 : counts[place] + 1;
        times[place] = Math.max(times[place], at);
    }

    private int added() {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        return size++;
    }

    private int oldest() {
        int oldest = 0;
        for (int i = 1; i < size; i++) {
            if (times[i] < times[oldest]) {
                oldest = i;
            }
        }
        return oldest;
    }

    private int place(long hash) {
        for (int i = 0; i < size; i++) {
            if (items[i] == hash) {
                return i;
            }
        }
        return -1;
    }

    /** The user has answered. */
    synchronized void answered(ItemId item) {
        int place = place(IdHash.of(item.value()));
        if (place >= 0) {
            size--;
            items[place] = items[size];
            times[place] = times[size];
            counts[place] = counts[size];
        }
    }

    /**
     * How often the item was shown; 0 if the last time lies outside the window.
     *
     * @param hash its {@link IdHash}
     */
    synchronized int count(long hash, long now, long window) {
        int place = place(hash);
        return place < 0 || now - times[place] > window ? 0 : counts[place];
    }

    synchronized int size() {
        return size;
    }
}
