package dev.milvuso.benchmarks.trainer;

import java.util.SplittableRandom;

/**
 * What gradient descent does to memory: reads and writes numbers of a table that all threads share, here and there in
 * it. In pieces of many rows, so that the beginning of a row costs nothing: no step can be faster than this.
 */
final class SharedTable implements Kernel {
    private static final int PIECE = 2048;
    private static final int PIECES_OF_PASS = 1024;

    private final float[] table;
    private final int[] order = new int[PIECES_OF_PASS];

    /** @param table at least 2,048 numbers */
    SharedTable(float[] table, long seed) {
        this.table = table;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < order.length; i++) {
            order[i] = random.nextInt(table.length / PIECE) * PIECE;
        }
    }

    @Override
    public void pass() {
        for (int piece : order) {
            move(table, piece);
        }
    }

    private static void move(float[] table, int offset) {
        for (int i = 0; i < PIECE; i++) {
            table[offset + i] += 1;
        }
    }

    @Override
    public double workOfPass() {
        return 2.0 * Float.BYTES * PIECE * PIECES_OF_PASS;
    }
}
