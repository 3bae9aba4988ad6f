package dev.milvuso.trainer.parameter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Rows by the hashes of their ids: a directory of small open-addressing segments, of which a full one is split in two
 * (extendible hashing: Fagin et al., ACM TODS 4, 1979), so that growing never moves more than one segment. Two ids of
 * one hash are told apart by who asks. One thread changes it; any number look things up meanwhile.
 */
final class RowIndex {
    static final int NONE = -1;
    private static final int SLOTS = 1024;
    private static final int MOST_SPLITS = 22;
    private static final long EMPTY = 0;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(Segment[].class);

    private volatile Segment[] directory = {Segment.empty(SLOTS, 0)};
    private long bytes = bytes(directory[0]);

    /** Says whether a row is the one that is looked for. */
    interface Match {
        boolean row(int row);
    }

    /**
     * A slot is the upper half of a hash, then the row plus one. The upper bits of that half choose the segment, the
     * lower ones the place.
     */
    private static final class Segment {
        final long[] slots;

        /** How many upper bits of the hash its entries share. */
        final int depth;

        private int used;

        Segment(long[] slots, int depth) {
            this.slots = slots;
            this.depth = depth;
        }

        static Segment empty(int slots, int depth) {
            return new Segment(new long[slots], depth);
        }

        boolean isFull() {
            return used >= slots.length / 4 * 3;
        }

        int home(long slot) {
            return (int) (slot >>> Integer.SIZE) & (slots.length - 1);
        }

        void put(long slot) {
            int at = home(slot);
            while (slots[at] != EMPTY) {
                at = (at + 1) & (slots.length - 1);
            }
            // What lies in the row is seen by whoever sees the slot.
            SLOT.setRelease(slots, at, slot);
            used++;
        }

        Segment copy(int size, int newDepth, LongPredicate kept) {
            Segment copy = empty(size, newDepth);
            for (long slot : slots) {
                if (slot != EMPTY && kept.test(slot)) {
                    copy.put(slot);
                }
            }
            return copy;
        }
    }

    private static long upper(long hash) {
        return hash >>> Integer.SIZE;
    }

    private static int place(Segment[] directory, long hash) {
        return (int) (upper(hash) >>> (Integer.numberOfLeadingZeros(directory.length) + 1));
    }

    private static int row(long slot) {
        return (int) slot - 1;
    }

    private static long slot(long hash, int row) {
        return upper(hash) << Integer.SIZE | (row + 1);
    }

    /** The row of this hash that matches, or {@link #NONE}. */
    int find(long hash, Match match) {
        Segment[] all = directory;
        Segment segment = (Segment) ENTRY.getAcquire(all, place(all, hash));
        long[] slots = segment.slots;
        int at = segment.home(hash);
        for (long slot = (long) SLOT.getAcquire(slots, at); slot != EMPTY; slot = (long) SLOT.getAcquire(slots, at)) {
            if (upper(slot) == upper(hash) && match.row(row(slot))) {
                return row(slot);
            }
            at = (at + 1) & (slots.length - 1);
        }
        return NONE;
    }

    /** Adds a row that is not there yet. */
    void add(long hash, int row) {
        Segment segment = directory[place(directory, hash)];
        while (segment.isFull()) {
            split(segment, hash);
            segment = directory[place(directory, hash)];
        }
        segment.put(slot(hash, row));
    }

    /**
     * Removes a row that is there. The segment is replaced, so that whoever looks something up in it misses nothing.
     */
    void remove(long hash, int row) {
        Segment segment = directory[place(directory, hash)];
        long removed = slot(hash, row);
        replace(hash, segment.copy(segment.slots.length, segment.depth, slot -> slot != removed), segment.depth);
    }

    private void split(Segment segment, long hash) {
        int depth = segment.depth + 1;
        if (depth > MOST_SPLITS) {
            // So many ids share their first bits that the segment itself has to grow.
            Segment larger = segment.copy(2 * segment.slots.length, segment.depth, slot -> true);
            bytes += bytes(larger) - bytes(segment);
            replace(hash, larger, segment.depth);
            return;
        }
        if (1 << depth > directory.length) {
            Segment[] doubled = new Segment[2 * directory.length];
            Arrays.setAll(doubled, i -> directory[i / 2]);
            directory = doubled;
        }
        long bit = 1L << (Long.SIZE - depth);
        Segment zeros = segment.copy(SLOTS, depth, slot -> (slot & bit) == 0);
        Segment ones = segment.copy(SLOTS, depth, slot -> (slot & bit) != 0);
        replace(hash & ~bit, zeros, depth);
        replace(hash | bit, ones, depth);
        bytes += bytes(zeros);
    }

    /** In all places of the directory that begin with the hash's first bits. */
    private void replace(long hash, Segment segment, int depth) {
        int places = directory.length >>> depth;
        int first = place(directory, hash) & -places;
        for (int i = 0; i < places; i++) {
            ENTRY.setRelease(directory, first + i, segment);
        }
    }

    private static long bytes(Segment segment) {
        return (long) segment.slots.length * Long.BYTES + 72;
    }

    /** What it takes up. */
    long bytes() {
        return bytes + directory.length * 4L;
    }
}
