package dev.milvuso.server.recommend;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Sums of numbers by slot. Used again and again; for one thread at a time. */
public final class SlotSums {
    /** Slots plus one; 0 is an empty place. */
    private int[] keys = new int[1024];

    private float[] values = new float[1024];
    private int[] places = new int[256];
    private int size;

    public void clear() {
        for (int i = 0; i < size; i++) {
            keys[places[i]] = 0;
        }
        size = 0;
    }

    public void add(int slot, float amount) {
        int place = place(keys, slot);
        if (keys[place] == 0) {
            if (size == places.length) {
                places = Arrays.copyOf(places, 2 * size);
            }
            keys[place] = slot + 1;
            values[place] = amount;
            places[size++] = place;
            if (2 * size > keys.length) {
                grow();
            }
        } else {
            values[place] += amount;
        }
    }

    private void grow() {
        int[] grown = new int[2 * keys.length];
        float[] grownValues = new float[grown.length];
        for (int i = 0; i < size; i++) {
            int place = place(grown, keys[places[i]] - 1);
            grown[place] = keys[places[i]];
            grownValues[place] = values[places[i]];
            places[i] = place;
        }
        keys = grown;
        values = grownValues;
    }

    /** How many slots have a sum. */
    public int size() {
        return size;
    }

    /** @param i below {@link #size} */
    public int slot(int i) {
        return keys[places[i]] - 1;
    }

    /** @param i below {@link #size} */
    public float sum(int i) {
        return values[places[i]];
    }

    /** 0 for a slot without a sum. */
    public float of(int slot) {
        int place = place(keys, slot);
        return keys[place] == 0 ? 0 : values[place];
    }

    private static int place(int[] keys, int slot) {
        int mask = keys.length - 1;
        int place = ((slot * 0x9e3779b9) >>> 7) & mask;
        while (keys[place] != 0 && keys[place] != slot + 1) {
            place = (place + 1) & mask;
        }
        return place;
    }

    /**
     * Adds the items with the largest sums above 0, best first, equal ones as they came.
     *
     * @param room how many at most
     * @param wanted asked of those alone that would be among them
     */
    public void best(Candidates into, int self, int room, IntPredicate wanted) {
        int[] best = new int[room];
        float[] sums = new float[room];
        int count = 0;
        for (int i = 0; i < size && room > 0; i++) {
            float sum = sum(i);
            boolean enters = sum > 0 && (count < room || sum > sums[room - 1]);
            if (enters && !into.contains(slot(i)) && wanted.test(slot(i))) {
                count = Math.min(room, count + 1);
                int place = count - 1;
                for (; place > 0 && sums[place - 1] < sum; place--) {
                    sums[place] = sums[place - 1];
                    best[place] = best[place - 1];
                }
                sums[place] = sum;
                best[place] = slot(i);
            }
        }
        for (int i = 0; i < count; i++) {
            into.add(best[i], sums[i], self);
        }
    }
}
