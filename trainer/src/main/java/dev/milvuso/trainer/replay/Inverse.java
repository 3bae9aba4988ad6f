package dev.milvuso.trainer.replay;

/**
 * The inverse of a symmetric matrix to which {@code v vᵀ} is added and from which it is taken, in d² steps each
 * (Sherman and Morrison, Annals of Mathematical Statistics 21, 1950).
 *
 * @param rows shape [d][d]
 */
record Inverse(double[][] rows) {
    /** Of {@code ridge * I}. */
    static Inverse ofRidge(double ridge, int dimension) {
        double[][] rows = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            rows[i][i] = 1 / ridge;
        }
        return new Inverse(rows);
    }

    Inverse copy() {
        double[][] copied = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copied[i] = rows[i].clone();
        }
        return new Inverse(copied);
    }

    /** @param weight of {@code v vᵀ}; below 0 takes away, which must have been added */
    void add(float[] v, double weight) {
        double[] product = new double[v.length];
        double denominator = 1 / weight;
        for (int i = 0; i < v.length; i++) {
            double[] row = rows[i];
            double dot = 0;
            for (int j = 0; j < v.length; j++) {
                dot += row[j] * v[j];
            }
            product[i] = dot;
            denominator += v[i] * dot;
        }
        for (int i = 0; i < v.length; i++) {
            double factor = product[i] / denominator;
            double[] row = rows[i];
            for (int j = 0; j < v.length; j++) {
                row[j] -= factor * product[j];
            }
        }
    }

    /** The product with a vector, shape [d]. */
    double[] times(double[] v) {
        double[] product = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                product[i] += rows[i][j] * v[j];
            }
        }
        return product;
    }
}
