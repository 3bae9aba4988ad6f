package dev.milvuso.server.taste;

import dev.milvuso.vector.Metric;
import java.util.List;

/**
 * The fold-in as its definition says it, with whole matrices in the learned numbers and Gauss-Jordan elimination: slow,
 * and shares nothing with what is tested.
 */
final class DenseReference {
    private static final double STRENGTH = 4;
    private static final double REACH = 8;
    private static final double LEAD = 3;
    private static final double RETREAT = 2;

    private final LinearForm form;
    private final List<float[]> items;
    private final double[] mean;
    private final double[][] covariance;

    DenseReference(LinearForm form, List<float[]> items) {
        this.form = form;
        this.items = items;
        int length = form.length();
        mean = new double[length];
        covariance = new double[length][length];
        for (float[] item : items) {
            double[] x = written(item);
            for (int i = 0; i < length; i++) {
                mean[i] += x[i];
            }
        }
        for (int i = 0; i < length; i++) {
            mean[i] /= items.size();
        }
        for (float[] item : items) {
            double[] x = centred(item);
            for (int i = 0; i < length; i++) {
                for (int j = 0; j < length; j++) {
                    covariance[i][j] += x[i] * x[j] / items.size();
                }
            }
        }
    }

    private double[] written(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += number * (double) number;
        }
        double[] x = new double[vector.length + 1];
        for (int i = 0; i < vector.length; i++) {
            x[i] = form.metric() == Metric.COSINE ? vector[i] / Math.sqrt(squares) : vector[i];
        }
        x[vector.length] = form.metric() == Metric.EUCLIDEAN ? -squares / 2 : 0;
        return x;
    }

    private double[] centred(float[] vector) {
        double[] x = written(vector);
        for (int i = 0; i < x.length; i++) {
            x[i] -= mean[i];
        }
        return x;
    }

    double[] fold(float[] prior, float[][] acted, double[] weights, double[] parts) {
        int n = form.factors();
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += covariance[i][i];
        }
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = 0.2 * covariance[i][j] + (i == j ? 0.8 * trace / n : 0);
            }
        }
        double leverage = 0;
        for (float[] item : items) {
            double[] x = centred(item);
            double[] solved = solve(a, x);
            for (int i = 0; i < n; i++) {
                leverage += x[i] * solved[i] / items.size();
            }
        }
        double[] right = new double[n];
        for (int j = 0; j < acted.length; j++) {
            double[] x = centred(acted[j]);
            double residual = parts[j] * residual(prior, acted[j], weights[j]);
            double weight = residual == 0 ? 0 : STRENGTH * Math.abs(weights[j]) / leverage;
            for (int i = 0; i < n; i++) {
                right[i] += weight * residual * x[i];
                for (int k = 0; k < n; k++) {
                    a[i][k] += weight * x[i] * x[k];
                }
            }
        }
        return solve(a, right);
    }

    private double residual(float[] prior, float[] item, double weight) {
        double[] scores = items.stream().mapToDouble(each -> score(prior, each)).toArray();
        double average = 0;
        for (double score : scores) {
            average += score / scores.length;
        }
        double variance = 0;
        for (double score : scores) {
            variance += (score - average) * (score - average) / scores.length;
        }
        double spread = 0;
        for (int i = 0; i < mean.length; i++) {
            spread += covariance[i][i];
        }
        double deviation = Math.max(0.1 * Math.sqrt(spread), Math.sqrt(variance));
        double z = score(prior, item) - average;
        if (weight < 0) {
            return Math.min(0, -RETREAT * deviation - z);
        }
        double highest = 0;
        for (double score : scores) {
            highest = Math.max(highest, score - average);
        }
        double target = Math.max(REACH * deviation, LEAD * highest);
        if (form.metric() == Metric.EUCLIDEAN) {
            float[] there = prior.clone();
            System.arraycopy(item, 0, there, 0, form.factors());
            double sum = 0;
            for (float[] each : items) {
                sum += score(there, each) / items.size();
            }
            target = Math.min(target, score(there, item) - sum);
        }
        return Math.max(0, target - z);
    }

    double score(float[] user, float[] item) {
        double[] x = written(item);
        double score = x[user.length];
        for (int i = 0; i < user.length; i++) {
            score += user[i] * x[i];
        }
        return score;
    }

    private static double[] solve(double[][] matrix, double[] right) {
        int n = matrix.length;
        double[][] m = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix[i], 0, m[i], 0, n);
            m[i][n] = right[i];
        }
        for (int i = 0; i < n; i++) {
            double pivot = m[i][i];
            for (int k = i; k <= n; k++) {
                m[i][k] /= pivot;
            }
            for (int j = 0; j < n; j++) {
                double factor = m[j][i];
                for (int k = i; j != i && k <= n; k++) {
                    m[j][k] -= factor * m[i][k];
                }
            }
        }
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            solution[i] = m[i][n];
        }
        return solution;
    }
}
