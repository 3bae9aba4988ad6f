package dev.milvuso.server.coldstart;

import dev.milvuso.server.taste.Cholesky;

/**
 * Ridge regression of vectors on rows of features, as a stream of samples: only {@code X'X} and {@code X'Y} are kept.
 * For one thread.
 */
final class NormalEquations {
    private final int features;
    private final int dimension;
    private final double[] squares;
    private final double[] products;
    private final int[] present;

    NormalEquations(int features, int dimension) {
        this.features = features;
        this.dimension = dimension;
        this.squares = new double[features * features];
        this.products = new double[features * dimension];
        this.present = new int[features];
    }

    /**
     * @param row shape [features], mostly zeros
     * @param vector shape [dimension]
     * @param weight of the sample, above 0
     */
    void add(double[] row, float[] vector, double weight) {
        int count = 0;
        for (int i = 0; i < features; i++) {
            if (row[i] != 0) {
                present[count++] = i;
            }
        }
        for (int a = 0; a < count; a++) {
            int i = present[a];
            double scaled = weight * row[i];
            for (int b = 0; b <= a; b++) {
                squares[i * features + present[b]] += scaled * row[present[b]];
            }
            for (int d = 0; d < dimension; d++) {
                products[i * dimension + d] += scaled * vector[d];
            }
        }
    }

    /**
     * The weights with the least squared error plus {@code ridge} times their squares; the constant, the first feature,
     * is all but free.
     *
     * @return shape [features, dimension]; of length 0 if the samples' numbers are beyond all bounds
     */
    double[] solve(double ridge) {
        double[] regularised = squares.clone();
        for (int i = 0; i < features; i++) {
            regularised[i * features + i] += i == 0 ? 1e-6 * ridge : ridge;
        }
        double[] root = Cholesky.factor(regularised, features);
        if (root.length == 0) {
            return root;
        }
        double[] weights = new double[features * dimension];
        double[] column = new double[features];
        for (int d = 0; d < dimension; d++) {
            for (int i = 0; i < features; i++) {
                column[i] = products[i * dimension + d];
            }
            Cholesky.forward(root, features, column, 0);
            Cholesky.backward(root, features, column);
            for (int i = 0; i < features; i++) {
                weights[i * dimension + d] = column[i];
            }
        }
        return weights;
    }
}
