package dev.milvuso.server.recommend;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items that one request may be answered with, in the order in which they were found until somebody changes it:
 * rows of primitive columns, each item once. Used again by later requests; for one thread at a time.
 */
public final class Candidates {
    private int size;
    private int[] slots = new int[256];
    private float[] scores = new float[256];
    private float[] probabilities = new float[256];
    private byte[] sources = new byte[256];
    private final SlotSet present = new SlotSet();
    private @Nullable Map<Integer, Map<String, Double>> parts;

    /**
     * Empties it.
     *
     * @param explained whether {@link #explain} is to be kept
     */
    void reset(boolean explained) {
        present.clear();
        size = 0;
        parts = explained ? new LinkedHashMap<>() : null;
    }

    /**
     * Adds an item at the end, shown with certainty if it gets that far.
     *
     * @param score finite
     * @param source its place among the pipeline's sources
     * @return false if it is there already, which stays as it is
     */
    public boolean add(int slot, float score, int source) {
        if (!present.add(slot)) {
            return false;
        }
        if (size == slots.length) {
            grow();
        }
        slots[size] = slot;
        scores[size] = score;
        probabilities[size] = 1;
        sources[size++] = (byte) source;
        return true;
    }

    private void grow() {
        slots = Arrays.copyOf(slots, 2 * size);
        scores = Arrays.copyOf(scores, 2 * size);
        probabilities = Arrays.copyOf(probabilities, 2 * size);
        sources = Arrays.copyOf(sources, 2 * size);
    }

    public boolean contains(int slot) {
        return present.contains(slot);
    }

    public int size() {
        return size;
    }

    public int slot(int row) {
        return slots[row];
    }

    public float score(int row) {
        return scores[row];
    }

    /** @param score finite */
    public void score(int row, float score) {
        scores[row] = score;
    }

    public int source(int row) {
        return sources[row];
    }

    /** With which the item is shown at its place, above 0 and up to 1: 1 where chance has no part. */
    public float probability(int row) {
        return probabilities[row];
    }

    public void probability(int row, float probability) {
        probabilities[row] = probability;
    }

    /** Exchanges two rows. */
    public void swap(int a, int b) {
        int slot = slots[a];
        slots[a] = slots[b];
        slots[b] = slot;
        float score = scores[a];
        scores[a] = scores[b];
        scores[b] = score;
        float probability = probabilities[a];
        probabilities[a] = probabilities[b];
        probabilities[b] = probability;
        byte source = sources[a];
        sources[a] = sources[b];
        sources[b] = source;
    }

    /** Moves a row up; those between go down by one. */
    public void moveUp(int from, int to) {
        for (int row = from; row > to; row--) {
            swap(row, row - 1);
        }
    }

    /** Brings the rows from {@code from} up to {@code to} into order: best first, equal scores as they were. */
    public void sort(int from, int to) {
        // Each is inserted at its place among those before: some hundreds are moved faster than objects are made.
        for (int row = from + 1; row < to; row++) {
            int low = from;
            int high = row;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (scores[middle] >= scores[row]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            insert(row, low);
        }
    }

    private void insert(int from, int to) {
        if (from == to) {
            return;
        }
        int slot = slots[from];
        float score = scores[from];
        float probability = probabilities[from];
        byte source = sources[from];
        int moved = from - to;
        System.arraycopy(slots, to, slots, to + 1, moved);
        System.arraycopy(scores, to, scores, to + 1, moved);
        System.arraycopy(probabilities, to, probabilities, to + 1, moved);
        System.arraycopy(sources, to, sources, to + 1, moved);
        slots[to] = slot;
        scores[to] = score;
        probabilities[to] = probability;
        sources[to] = source;
    }

    /** Drops all rows from this one on. */
    public void cut(int newSize) {
        if (newSize < size) {
            size = newSize;
            present.clear();
            for (int row = 0; row < size; row++) {
                present.add(slots[row]);
            }
        }
    }

    /** Whether {@link #explain} is kept. */
    public boolean isExplained() {
        return parts != null;
    }

    /** Notes a part of an item's score, if anybody asked for it. */
    public void explain(int slot, String part, double value) {
        if (parts != null) {
            parts.computeIfAbsent(slot, unused -> new LinkedHashMap<>()).put(part, value);
        }
    }

    /** The parts noted of an item. */
    public Map<String, Double> explanation(int slot) {
        return parts == null ? Map.of() : parts.getOrDefault(slot, Map.of());
    }
}
