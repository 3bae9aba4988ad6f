package dev.milvuso.trainer.als;

import java.util.Arrays;

/**
 * {@code Σ y yᵀ} over all rows of a matrix, times a constant. The rows are cut into parts that do not depend on the
 * number of threads; a part sums blocks of rows in 32 bits and the blocks in 64, and parts are added up in order.
 */
final class Gramian {
    private static final int BLOCK = 32;
    private static final int MOST_PARTS = 32;
    /** Numbers of 64 bits that the parts may take together, where one part alone does not take more. */
    private static final int PART_NUMBERS = 1 << 22;

    private final Workers workers;
    private final Kernels kernels;
    private final int stride;
    private final double[][] sums;
    private final float[][] blocks;
    private final float[] values;
    private final int[] identity;

    /** @param most rows of the largest matrix */
    Gramian(Workers workers, Kernels kernels, int stride, int most) {
        this.workers = workers;
        this.kernels = kernels;
        this.stride = stride;
        int parts = Math.max(1, Math.min(MOST_PARTS, PART_NUMBERS / (stride * stride)));
        this.sums = new double[parts][stride * stride];
        this.blocks = new float[workers.count()][stride * stride];
        this.values = new float[stride * stride];
        this.identity = new int[Math.max(most, stride)];
        Arrays.setAll(identity, i -> i);
    }

    /** Shape [stride × stride], symmetric. */
    float[] values() {
        return values;
    }

    /** The numbers 0, 1, 2, … to select all rows of something with. */
    int[] identity() {
        return identity;
    }

    void compute(Factors factors, double scale) {
        int parts = sums.length;
        workers.run(parts, (part, worker) -> {
            int from = (int) ((long) factors.rows() * part / parts);
            int to = (int) ((long) factors.rows() * (part + 1) / parts);
            sum(factors, from, to, sums[part], blocks[worker]);
        });
        for (int a = 0; a < stride; a++) {
            for (int b = a; b < stride; b++) {
                double sum = 0;
                for (double[] part : sums) {
                    sum += part[a * stride + b];
                }
                values[a * stride + b] = (float) (scale * sum);
                values[b * stride + a] = (float) (scale * sum);
            }
        }
    }

    private void sum(Factors factors, int from, int to, double[] sum, float[] block) {
        Arrays.fill(sum, 0);
        RowSet rows = new RowSet(factors.values(), stride);
        for (int begin = from; begin < to; begin += BLOCK) {
            Arrays.fill(block, 0);
            kernels.addOuter(rows.select(identity, begin, Math.min(to, begin + BLOCK)), 0, block, stride);
            add(block, sum);
        }
    }

    /** On its own, so that the compiler has a small loop to see to. */
    private static void add(float[] block, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += block[i];
        }
    }
}
