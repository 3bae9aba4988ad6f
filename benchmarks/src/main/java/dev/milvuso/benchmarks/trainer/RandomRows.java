package dev.milvuso.benchmarks.trainer;

import java.util.SplittableRandom;

/** What a step of gradient descent does to memory: reads and writes rows of a table that all threads share. */
final class RandomRows implements Kernel {
    private static final int ROWS_OF_PASS = 1 << 14;

    private final float[] table;
    private final int dimension;
    private final int[] order = new int[ROWS_OF_PASS];
    private final float[] other;

    /** @param table shape [rows, dimension] */
    RandomRows(float[] table, int dimension, long seed) {
        this.table = table;
        this.dimension = dimension;
        this.other = new float[dimension];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < order.length; i++) {
            order[i] = random.nextInt(table.length / dimension);
        }
    }

    @Override
    public void pass() {
        for (int row : order) {
            move(table, row * dimension, other, dimension);
        }
    }

    private static void move(float[] table, int offset, float[] other, int dimension) {
        for (int i = 0; i < dimension; i++) {
            table[offset + i] += other[i];
        }
    }

    @Override
    public double workOfPass() {
        return 2.0 * Float.BYTES * dimension * ROWS_OF_PASS;
    }
}
