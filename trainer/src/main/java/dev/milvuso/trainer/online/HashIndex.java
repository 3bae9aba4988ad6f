package dev.milvuso.trainer.online;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Entries by their hashes: open addressing in small segments that grow each for itself, so that nothing ever waits for
 * all of it to be put in its place anew. Not for several threads.
 */
final class HashIndex {
    static final int NONE = -1;
    private static final int SEGMENT_ENTRIES = 4096;
    private static final int SMALLEST = 16;

    private final IntToLongFunction hashes;
    private final int[][] segments;
    private final int[] used;

    /**
     * @param capacity how many entries there may be at once
     * @param hashes of the entries that are in it
     */
    HashIndex(int capacity, IntToLongFunction hashes) {
        this.hashes = hashes;
        this.segments = new int[Integer.highestOneBit(capacity / SEGMENT_ENTRIES + 1)][];
        this.used = new int[segments.length];
        Arrays.setAll(segments, segment -> empty(SMALLEST));
    }

    /** Whether an entry is the one that is looked for. */
    interface Match {
        boolean entry(int entry);
    }

    private static int[] empty(int slots) {
        int[] segment = new int[slots];
        Arrays.fill(segment, NONE);
        return segment;
    }

    private int segment(long hash) {
        return (int) hash & (segments.length - 1);
    }

    private static int home(long hash, int[] slots) {
        return (int) (hash >>> Integer.SIZE) & (slots.length - 1);
    }

    /** The entry of this hash that matches, or {@link #NONE}. */
    int find(long hash, Match match) {
        int[] slots = segments[segment(hash)];
        int at = slot(slots, hash, match);
        return slots[at];
    }

    /** Where the entry is, or the gap where it would be. */
    private static int slot(int[] slots, long hash, Match match) {
        int at = home(hash, slots);
        while (slots[at] != NONE && !match.entry(slots[at])) {
            at = (at + 1) & (slots.length - 1);
        }
        return at;
    }

    /** Adds an entry that is not in it. */
    void add(int entry) {
        int segment = segment(hashes.applyAsLong(entry));
        if (2 * (used[segment] + 1) > segments[segment].length) {
            int[] larger = empty(2 * segments[segment].length);
            for (int known : segments[segment]) {
                if (known != NONE) {
                    put(larger, known);
                }
            }
            segments[segment] = larger;
        }
        put(segments[segment], entry);
        used[segment]++;
    }

    private void put(int[] slots, int entry) {
        slots[slot(slots, hashes.applyAsLong(entry), other -> false)] = entry;
    }

    /**
     * Removes an entry that is in it. Closes the gap by moving entries that had to go past it (Knuth, The Art of
     * Computer Programming 3, 6.4, algorithm R).
     */
    void remove(int entry) {
        long hash = hashes.applyAsLong(entry);
        int[] slots = segments[segment(hash)];
        used[segment(hash)]--;
        int mask = slots.length - 1;
        int gap = slot(slots, hash, other -> other == entry);
        slots[gap] = NONE;
        for (int at = (gap + 1) & mask; slots[at] != NONE; at = (at + 1) & mask) {
            int home = home(hashes.applyAsLong(slots[at]), slots);
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                slots[gap] = slots[at];
                slots[at] = NONE;
                gap = at;
            }
        }
    }
}
