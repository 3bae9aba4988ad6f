package dev.milvuso.trainer.als;

import java.util.Arrays;

/**
 * Solves a row block by block, each block exactly while the rest stands (Rendle, Krichene, Zhang and Koren, iALS++,
 * 2021). With one block for the whole row it is the exact solution (Hu, Koren and Volinsky, ICDM 2008).
 */
final class BlockSolver implements RowSolver {
    private final Kernels kernels;
    private final float[] gramian;
    private final int stride;
    private final int blockSize;
    private final Cholesky cholesky;
    private final float[] missing;
    private final float[] hessian;
    private final float[] step;
    private final float[] minus;

    /**
     * @param blockSize a multiple of {@link Kernels#LANES}; the last block is shorter where the stride ends
     * @param most rows that one row can have been observed with
     */
    BlockSolver(Kernels kernels, Gramian gramian, int stride, int blockSize, int most) {
        int size = Math.min(blockSize, stride);
        this.kernels = kernels;
        this.gramian = gramian.values();
        this.stride = stride;
        this.blockSize = size;
        this.cholesky = new Cholesky(kernels);
        this.missing = new float[most];
        this.hessian = new float[size * size];
        this.step = new float[size];
        this.minus = new float[stride];
    }

    @Override
    public double solve(RowSet observed, float[] x, float ridge, int fixed) {
        Arrays.fill(missing, 0, observed.size(), 1);
        negate(x, stride);
        kernels.addDots(observed, 0, minus, missing, stride);
        for (int offset = 0; offset < stride; offset += blockSize) {
            int length = Math.min(blockSize, stride - offset);
            descent(observed, x, ridge, offset, length);
            curvature(observed, ridge, offset, length);
            hold(fixed - offset, length);
            cholesky.solve(hessian, step, length);
            kernels.add(1, step, 0, x, offset, length);
            negate(step, length);
            kernels.addDots(observed, offset, minus, missing, length);
        }
        return value(observed.size(), x, ridge);
    }

    /** Half the negative gradient of the block, into step. */
    private void descent(RowSet observed, float[] x, float ridge, int offset, int length) {
        for (int a = 0; a < length; a++) {
            float dense = kernels.dot(gramian, (offset + a) * stride, x, 0, stride);
            step[a] = -dense - ridge * x[offset + a];
        }
        kernels.addScaled(observed, offset, missing, step, length);
    }

    /** Half the Hessian of the block, its upper triangle. */
    private void curvature(RowSet observed, float ridge, int offset, int length) {
        for (int a = 0; a < length; a++) {
            System.arraycopy(gramian, (offset + a) * stride + offset, hessian, a * length, length);
            hessian[a * length + a] += ridge;
        }
        kernels.addOuter(observed, offset, hessian, length);
    }

    /** Makes the block's solution leave one number as it is, if it is in the block. */
    private void hold(int fixed, int length) {
        if (fixed < 0 || fixed >= length) {
            return;
        }
        for (int a = 0; a < length; a++) {
            hessian[a * length + fixed] = 0;
            hessian[fixed * length + a] = 0;
        }
        hessian[fixed * length + fixed] = 1;
        step[fixed] = 0;
    }

    private void negate(float[] vector, int length) {
        for (int i = 0; i < length; i++) {
            minus[i] = -vector[i];
        }
    }

    private double value(int observed, float[] x, float ridge) {
        double value = ridge * kernels.dot(x, 0, x, 0, stride);
        for (int a = 0; a < stride; a++) {
            value += x[a] * kernels.dot(gramian, a * stride, x, 0, stride);
        }
        for (int i = 0; i < observed; i++) {
            value += missing[i] * missing[i];
        }
        return value;
    }
}
