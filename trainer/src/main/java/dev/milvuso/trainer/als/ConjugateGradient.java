package dev.milvuso.trainer.als;

import java.util.Arrays;

/**
 * A few steps of conjugate gradient from where the row stands (Takács, Pilászy and Tikk, Applications of the Conjugate
 * Gradient Method for Implicit Feedback Collaborative Filtering, RecSys 2011).
 */
final class ConjugateGradient implements RowSolver {
    /** A squared residual that is nothing beside the row. */
    private static final double SOLVED = 1e-14;

    private final Kernels kernels;
    /** Steps of one row at a time are few, and plain loops warm up soonest. */
    private final Kernels vectors = new ScalarKernels();

    private final RowSet gramian;
    private final int stride;
    private final int steps;
    private final float[] residual;
    private final float[] direction;
    private final float[] product;
    private final float[] scratch = new float[Kernels.SCRATCH];

    ConjugateGradient(Kernels kernels, Gramian gramian, int stride, int steps) {
        this.kernels = kernels;
        this.gramian = new RowSet(gramian.values(), stride).select(gramian.identity(), 0, stride);
        this.stride = stride;
        this.steps = steps;
        this.residual = new float[stride];
        this.direction = new float[stride];
        this.product = new float[stride];
    }

    /**
     * With A the matrix of the quadratic function, b = Σ y and r = b − A x, its value at x is n − b·x − r·x: both
     * products come from the steps themselves.
     */
    @Override
    public double solve(RowSet observed, float[] x, float ridge, int fixed) {
        multiplyDense(x, ridge, residual);
        negate(residual);
        double value = kernels.project(observed, x, 1, -1, scratch, residual, stride);
        float pull = hold(residual, fixed);
        double square = vectors.dot(residual, 0, residual, 0, stride);
        System.arraycopy(residual, 0, direction, 0, stride);
        double negligible = SOLVED * (1 + vectors.dot(x, 0, x, 0, stride));
        for (int step = 0; step < steps && square > negligible; step++) {
            multiplyDense(direction, ridge, product);
            double explained = kernels.project(observed, direction, 0, 1, scratch, product, stride);
            float held = hold(product, fixed);
            float length = (float) (square / vectors.dot(direction, 0, product, 0, stride));
            vectors.add(length, direction, 0, x, 0, stride);
            vectors.add(-length, product, 0, residual, 0, stride);
            value -= length * explained;
            pull -= length * held;
            double before = square;
            square = vectors.dot(residual, 0, residual, 0, stride);
            turn((float) (square / before));
        }
        double rest = vectors.dot(residual, 0, x, 0, stride);
        return value - rest - (fixed < 0 ? 0 : pull * x[fixed]);
    }

    private static void negate(float[] vector) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] = -vector[i];
        }
    }

    /** {@code out = (G + ridge) p}. */
    private void multiplyDense(float[] p, float ridge, float[] out) {
        Arrays.fill(out, 0);
        vectors.add(ridge, p, 0, out, 0, stride);
        kernels.addScaled(gramian, 0, p, out, stride);
    }

    /** Sets what would move the fixed number to 0, and returns what it was. */
    private static float hold(float[] vector, int fixed) {
        if (fixed < 0) {
            return 0;
        }
        float was = vector[fixed];
        vector[fixed] = 0;
        return was;
    }

    private void turn(float kept) {
        for (int i = 0; i < stride; i++) {
            direction[i] = Math.fma(kept, direction[i], residual[i]);
        }
    }
}
