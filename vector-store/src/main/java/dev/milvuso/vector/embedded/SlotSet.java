package dev.milvuso.vector.embedded;

import java.util.Arrays;

/** A few slots, by open addressing: its size goes with theirs and not with the table's. Not for several threads. */
final class SlotSet {
    private static final int EMPTY = -1;

    private final int[] places;
    private final int shift;

    /** @param most slots that will be in it */
    SlotSet(int most) {
        int bits = Math.max(2, 33 - Integer.numberOfLeadingZeros(most));
        this.places = new int[1 << bits];
        this.shift = 32 - bits;
        Arrays.fill(places, EMPTY);
    }

    void add(int slot) {
        int place = place(slot);
        while (places[place] != EMPTY && places[place] != slot) {
            place = (place + 1) & (places.length - 1);
        }
        places[place] = slot;
    }

    boolean contains(int slot) {
        int place = place(slot);
        while (places[place] != EMPTY) {
            if (places[place] == slot) {
                return true;
            }
            place = (place + 1) & (places.length - 1);
        }
        return false;
    }

    /** By multiplicative hashing: slots that were given out together lie together. */
    private int place(int slot) {
        return (slot * 0x9E3779B1) >>> shift;
    }
}
