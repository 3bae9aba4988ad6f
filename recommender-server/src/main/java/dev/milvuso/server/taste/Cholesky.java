package dev.milvuso.server.taste;

/** Factors of symmetric positive definite matrices, and what is solved by them. Shapes [n, n], row by row. */
public final class Cholesky {
    private Cholesky() {}

    /** @return L of {@code L·L' = matrix}, in the lower triangle; of length 0 if the matrix is not positive definite */
    public static double[] factor(double[] matrix, int n) {
        double[] root = matrix.clone();
        return factorInPlace(root, n, n) ? root : new double[0];
    }

    /**
     * @param stride numbers of a row of {@code matrix}, of which the first n are used
     * @return false if it is not positive definite; the matrix is of no use then
     */
    static boolean factorInPlace(double[] matrix, int n, int stride) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i * stride + j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i * stride + k] * matrix[j * stride + k];
                }
                if (i != j) {
                    matrix[i * stride + j] = sum / matrix[j * stride + j];
                } else if (sum > 0 && sum < Double.POSITIVE_INFINITY) {
                    matrix[i * stride + i] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /** Solves {@code L·y = x} in place, of the numbers of {@code x} from {@code at} on. */
    public static void forward(double[] root, int n, double[] x, int at) {
        forward(root, n, n, x, at);
    }

    static void forward(double[] root, int n, int stride, double[] x, int at) {
        for (int i = 0; i < n; i++) {
            double sum = x[at + i];
            for (int k = 0; k < i; k++) {
                sum -= root[i * stride + k] * x[at + k];
            }
            x[at + i] = sum / root[i * stride + i];
        }
    }

    /** Solves {@code L'·y = x} in place. */
    public static void backward(double[] root, int n, double[] x) {
        backward(root, n, n, x);
    }

    static void backward(double[] root, int n, int stride, double[] x) {
        for (int i = n - 1; i >= 0; i--) {
            x[i] /= root[i * stride + i];
            for (int k = 0; k < i; k++) {
                x[k] -= root[i * stride + k] * x[i];
            }
        }
    }
}
