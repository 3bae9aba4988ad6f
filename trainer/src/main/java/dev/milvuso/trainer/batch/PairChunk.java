package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.parameter.Rows;

/**
 * A few pairs whose turn it is, looked up together, and their users' rows read ahead: each lies elsewhere in memory,
 * and many waits at once take hardly longer than one. For one thread.
 */
final class PairChunk {
    /** Most pairs of a chunk: their users' rows stay in the nearest cache. */
    static final int SIZE = 64;

    private final PositivePairs data;
    private final ItemBlocks blocks;
    private final Rows rows;
    private final int[] numbers = new int[SIZE];
    private final int[] users = new int[SIZE];
    private final int[] places = new int[SIZE];
    private int size;

    // Written and never read, so that the compiler does not leave out the reading.
    @SuppressWarnings("UnusedVariable")
    private float readAhead;

    /** @param rows of users */
    PairChunk(PositivePairs data, ItemBlocks blocks, Rows rows) {
        this.data = data;
        this.blocks = blocks;
        this.rows = rows;
    }

    /** Takes those from {@code from} to before {@code to}, as many as there is room for. */
    void fill(PairsByBlock pairs, int from, int to) {
        size = Math.min(SIZE, to - from);
        for (int i = 0; i < size; i++) {
            numbers[i] = pairs.pair(from + i);
            users[i] = data.user(numbers[i]);
            places[i] = blocks.place(data.item(numbers[i]));
        }
        float sum = 0;
        for (int i = 0; i < size; i++) {
            sum += rows.touch(users[i]);
        }
        readAhead = sum;
    }

    int size() {
        return size;
    }

    /** The number of a pair among all. */
    int number(int i) {
        return numbers[i];
    }

    int user(int i) {
        return users[i];
    }

    /** The place of the pair's item. */
    int place(int i) {
        return places[i];
    }
}
