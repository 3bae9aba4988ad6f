package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.parameter.ParameterTable;

/**
 * The pairs of the next places of a shuffled order, looked up together, and their users' rows read ahead: each lies
 * elsewhere in memory, and many waits at once take hardly longer than one.
 */
final class PairBlock {
    /** Most pairs of a block: their users' rows stay in the nearest caches. */
    static final int SIZE = 64;

    private static final int NUMBERS_OF_CACHE_LINE = 16;

    private final PositivePairs data;
    private final Order order;
    private final ParameterTable rows;
    private final int[] pairs = new int[SIZE];
    private final int[] users = new int[SIZE];
    private final int[] items = new int[SIZE];
    private int size;

    // Written and never read, so that the compiler does not leave out the reading.
    @SuppressWarnings("UnusedVariable")
    private float readAhead;

    /** @param rows of users */
    PairBlock(PositivePairs data, Order order, ParameterTable rows) {
        this.data = data;
        this.order = order;
        this.rows = rows;
    }

    /** Takes the places {@code from} to before {@code to}, as many as there is room for. */
    void fill(int from, int to) {
        size = Math.min(SIZE, to - from);
        order.fill(from, pairs, size);
        for (int i = 0; i < size; i++) {
            users[i] = data.user(pairs[i]);
            items[i] = data.item(pairs[i]);
        }
        float sum = 0;
        for (int i = 0; i < size; i++) {
            sum += read(rows.chunk(users[i]), rows.offset(users[i]));
        }
        readAhead = sum;
    }

    private float read(float[] chunk, int offset) {
        float sum = 0;
        for (int i = 0; i < rows.dimension(); i += NUMBERS_OF_CACHE_LINE) {
            sum += chunk[offset + i];
        }
        return sum;
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
