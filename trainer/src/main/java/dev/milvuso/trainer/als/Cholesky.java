package dev.milvuso.trainer.als;

/** Solves with a symmetric positive definite matrix, {@code A = Uᵀ U}. */
record Cholesky(Kernels kernels) {
    /**
     * Solves {@code A x = b}.
     *
     * @param a shape [length × length], of which the upper triangle is read; the factor afterwards
     * @param b shape [length]; x afterwards
     * @throws IllegalStateException if A is not positive definite in 32 bits
     */
    void solve(float[] a, float[] b, int length) {
        factorize(a, length);
        for (int row = 0; row < length; row++) {
            b[row] /= a[row * length + row];
            subtract(b[row], a, row, row + 1, b, 0, length);
        }
        for (int row = length - 1; row >= 0; row--) {
            float sum = b[row];
            for (int column = row + 1; column < length; column++) {
                sum -= a[row * length + column] * b[column];
            }
            b[row] = sum / a[row * length + row];
        }
    }

    private void factorize(float[] a, int length) {
        for (int row = 0; row < length; row++) {
            float pivot = a[row * length + row];
            if (!(pivot > 0)) {
                throw new IllegalStateException("the equations of a row have no single solution in 32 bits:"
                        + " als.regularization must be larger");
            }
            float root = (float) Math.sqrt(pivot);
            a[row * length + row] = root;
            for (int column = row + 1; column < length; column++) {
                a[row * length + column] /= root;
            }
            for (int below = row + 1; below < length; below++) {
                subtract(a[row * length + below], a, row, below, a, below * length, length);
            }
        }
    }

    /** {@code y -= scale · row} from a column on, and from a little before it where nothing is read any more. */
    private void subtract(float scale, float[] a, int row, int from, float[] y, int yOffset, int length) {
        for (int column = from; column < length; column++) {
            y[yOffset + column] = Math.fma(-scale, a[row * length + column], y[yOffset + column]);
        }
    }
}
