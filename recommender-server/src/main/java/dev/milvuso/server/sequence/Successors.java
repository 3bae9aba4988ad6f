package dev.milvuso.server.sequence;

import java.util.Arrays;

/**
 * What came after one item, a bounded number of others. Counts are those of Misra and Gries ("Finding repeated
 * elements", 1982): never above the true ones, so that what came by once does not pass for a habit. They halve now and
 * then, so that habits can change. Safe for use by many threads.
 */
final class Successors {
    private static final int FIRST = 4;
    private static final float MOST = 1000;

    /** So many imagined others have come after every item: a few observations prove little. */
    private static final float PRIOR = 5;

    private final int room;
    private int[] slots;
    private float[] counts;
    private int size;
    private float total;

    /** @param room others at most, at least 1 */
    Successors(int room) {
        this.room = room;
        int first = Math.min(FIRST, room);
        slots = new int[first];
        counts = new float[first];
    }

    /** @param amount above 0 */
    synchronized void add(int slot, float amount) {
        total += amount;
        int place = place(slot);
        if (place < size) {
            counts[place] += amount;
        } else if (size < room) {
            append(slot, amount);
        } else {
            displace(slot, amount);
        }
        if (total > MOST) {
            total /= 2;
            for (int i = 0; i < size; i++) {
                counts[i] /= 2;
            }
        }
    }

    private int place(int slot) {
        int place = 0;
        while (place < size && slots[place] != slot) {
            place++;
        }
        return place;
    }

    private void append(int slot, float amount) {
        if (size == slots.length) {
            int length = Math.min(room, 2 * size);
            slots = Arrays.copyOf(slots, length);
            counts = Arrays.copyOf(counts, length);
        }
        slots[size] = slot;
        counts[size++] = amount;
    }

    /** All counts fall by as much; who comes to nothing makes room. */
    private void displace(int slot, float amount) {
        float fall = amount;
        for (int i = 0; i < size; i++) {
            fall = Math.min(fall, counts[i]);
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (counts[i] > fall) {
                slots[kept] = slots[i];
                counts[kept++] = counts[i] - fall;
            }
        }
        size = kept;
        if (amount > fall) {
            append(slot, amount - fall);
        }
    }

    /** How likely the item comes next, 0 to 1. */
    synchronized float probability(int slot) {
        int place = place(slot);
        return place < size ? counts[place] / (total + PRIOR) : 0;
    }

    /** Adds each probability, times a share. */
    synchronized void collect(float share, Outlook into) {
        for (int i = 0; i < size; i++) {
            into.add(slots[i], share * counts[i] / (total + PRIOR));
        }
    }
}
