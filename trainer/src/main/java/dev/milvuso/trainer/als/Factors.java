package dev.milvuso.trainer.als;

import dev.milvuso.trainer.parameter.ParameterTable;

/**
 * One side's vectors as a dense matrix. A row takes a multiple of {@link Kernels#LANES} numbers, those past the
 * dimension are 0 for good: the loops over a row have no rest.
 */
final class Factors {
    private final float[] values;
    private final int rows;
    private final int stride;

    private Factors(int rows, int stride) {
        if ((long) rows * stride > Integer.MAX_VALUE - Kernels.LANES) {
            throw new IllegalArgumentException(
                    rows + " rows of " + stride
                            + " numbers are more than one array takes: als needs fewer, or a smaller recommendation.embedding_dim");
        }
        this.values = new float[rows * stride];
        this.rows = rows;
        this.stride = stride;
    }

    /** The least number of numbers in a row that holds a vector of this dimension. */
    static int stride(int dimension) {
        return (dimension + Kernels.LANES - 1) / Kernels.LANES * Kernels.LANES;
    }

    static Factors zeros(int rows, int dimension) {
        return new Factors(rows, stride(dimension));
    }

    /** A copy of a table. */
    static Factors of(ParameterTable table) {
        Factors factors = zeros(table.size(), table.dimension());
        for (int row = 0; row < factors.rows; row++) {
            System.arraycopy(
                    table.chunk(row), table.offset(row), factors.values, factors.start(row), table.dimension());
        }
        return factors;
    }

    /** Writes every row to the table's row of the same number. */
    void copyTo(ParameterTable table) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, start(row), table.chunk(row), table.offset(row), table.dimension());
        }
    }

    /** All rows; row r begins at {@link #start}. */
    float[] values() {
        return values;
    }

    int start(int row) {
        return row * stride;
    }

    int rows() {
        return rows;
    }

    int stride() {
        return stride;
    }
}
