package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.PositivePairs;

/**
 * The pairs of some places of a shuffled order, looked up together: each lies elsewhere in memory, and many waits for it
 * cost as much time as one.
 */
final class PairBlock {
    /** Most pairs of a block. */
    static final int SIZE = 128;

    private final PositivePairs data;
    private final Permutation order;
    private final int[] pairs = new int[SIZE];
    private final int[] users = new int[SIZE];
    private final int[] items = new int[SIZE];
    private int size;

    PairBlock(PositivePairs data, Permutation order) {
        this.data = data;
        this.order = order;
    }

    /** Takes the places {@code from} to before {@code to}, as many as there is room for. */
    void fill(int from, int to) {
        size = Math.min(SIZE, to - from);
        for (int i = 0; i < size; i++) {
            pairs[i] = order.at(from + i);
        }
        for (int i = 0; i < size; i++) {
            users[i] = data.user(pairs[i]);
            items[i] = data.item(pairs[i]);
        }
    }

    int size() {
        return size;
    }

    int pair(int i) {
        return pairs[i];
    }

    int user(int i) {
        return users[i];
    }

    int item(int i) {
        return items[i];
    }
}
