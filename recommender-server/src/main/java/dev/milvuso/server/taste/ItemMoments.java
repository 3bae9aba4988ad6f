package dev.milvuso.server.taste;

import java.util.List;

/**
 * How the items of a model lie: their mean and covariance in {@link LinearForm}, by which a score is judged against
 * those of all other items, and the metric in which a user's vector is moved. A step along a direction in which all
 * items differ much costs more than one in which they hardly differ, four fifths of the way towards costing the same:
 * {@code A = 0.2·C + 0.8·trace(C)/factors·I} over the learned numbers. Immutable.
 */
public final class ItemMoments {
    private static final double SHRINKAGE = 0.8;
    private static final int SAMPLE = 256;

    private final LinearForm form;
    private final double[] mean;

    /** Shape [length, length]. */
    private final double[] covariance;

    /** Lower triangle of A's Cholesky factor, shape [factors, factors]. */
    private final double[] root;

    private final double meanLeverage;
    private final double smallest;

    /** Some of the items, centred, one after the other. */
    private final double[] sample;

    private ItemMoments(LinearForm form, double[] mean, double[] covariance, double[] sample) {
        this.form = form;
        this.mean = mean;
        this.covariance = covariance;
        this.sample = sample;
        int factors = form.factors();
        double spread = trace(factors) / factors;
        this.root = Cholesky.factor(metric(spread), factors);
        this.meanLeverage = root.length == 0 ? 0 : traceOfRatio();
        this.smallest = 0.1 * Math.sqrt(trace(form.length()));
    }

    /** @param vectors shape [items, dimension]; numbers that are not finite make moments that move nobody */
    public static ItemMoments of(LinearForm form, List<float[]> vectors) {
        int length = form.length();
        double[] written = new double[length];
        double[] mean = new double[length];
        for (float[] vector : vectors) {
            form.item(vector, written, 0);
            for (int i = 0; i < length; i++) {
                mean[i] += written[i] / vectors.size();
            }
        }
        double[] covariance = new double[length * length];
        for (float[] vector : vectors) {
            form.item(vector, written, 0);
            add(written, mean, covariance, vectors.size());
        }
        mirror(covariance, length);
        return new ItemMoments(form, mean, covariance, sample(form, vectors, mean));
    }

    private static double[] sample(LinearForm form, List<float[]> vectors, double[] mean) {
        int length = form.length();
        int stride = Math.max(1, (vectors.size() + SAMPLE - 1) / SAMPLE);
        double[] sample = new double[(vectors.size() + stride - 1) / stride * length];
        for (int i = 0; i * stride < vectors.size(); i++) {
            form.item(vectors.get(i * stride), sample, i * length);
            for (int n = 0; n < length; n++) {
                sample[i * length + n] -= mean[n];
            }
        }
        return sample;
    }

    private static void add(double[] written, double[] mean, double[] covariance, int count) {
        int length = mean.length;
        for (int i = 0; i < length; i++) {
            written[i] -= mean[i];
        }
        for (int i = 0; i < length; i++) {
            double scaled = written[i] / count;
            for (int j = 0; j <= i; j++) {
                covariance[i * length + j] += scaled * written[j];
            }
        }
    }

    private static void mirror(double[] matrix, int length) {
        for (int i = 0; i < length; i++) {
            for (int j = 0; j < i; j++) {
                matrix[j * length + i] = matrix[i * length + j];
            }
        }
    }

    private double trace(int upTo) {
        double trace = 0;
        for (int i = 0; i < upTo; i++) {
            trace += covariance[i * form.length() + i];
        }
        return trace;
    }

    private double[] metric(double spread) {
        int factors = form.factors();
        double[] metric = new double[factors * factors];
        for (int i = 0; i < factors; i++) {
            for (int j = 0; j < factors; j++) {
                metric[i * factors + j] = (1 - SHRINKAGE) * covariance[i * form.length() + j];
            }
            metric[i * factors + i] += SHRINKAGE * spread;
        }
        return metric;
    }

    private double traceOfRatio() {
        int factors = form.factors();
        double[] column = new double[factors];
        double sum = 0;
        for (int i = 0; i < factors; i++) {
            for (int j = 0; j < factors; j++) {
                column[j] = covariance[j * form.length() + i];
            }
            Cholesky.forward(root, factors, column, 0);
            Cholesky.backward(root, factors, column);
            sum += column[i];
        }
        return sum;
    }

    /** Whether items differ at all, so that there is a direction to move a user in. */
    boolean discern() {
        return meanLeverage > 0 && Double.isFinite(meanLeverage);
    }

    LinearForm form() {
        return form;
    }

    double[] root() {
        return root;
    }

    double leverage() {
        return meanLeverage;
    }

    /** Takes the mean item from a written one. */
    void centre(double[] written, int at) {
        for (int i = 0; i < mean.length; i++) {
            written[at + i] -= mean[i];
        }
    }

    /** Mean score of all items. */
    double mean(double[] user) {
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            sum += user[i] * mean[i];
        }
        return sum;
    }

    /** The highest that one of some hundred items gets above the mean. */
    double highest(double[] user) {
        int length = form.length();
        double highest = 0;
        for (int at = 0; at < sample.length; at += length) {
            highest = Math.max(highest, FoldIn.dot(user, 0, sample, at, length));
        }
        return highest;
    }

    /** Standard deviation of the user's scores of all items; never 0 while items differ. */
    double deviation(double[] user) {
        int length = form.length();
        double variance = 0;
        for (int i = 0; i < length; i++) {
            double sum = 0;
            for (int j = 0; j < length; j++) {
                sum += covariance[i * length + j] * user[j];
            }
            variance += user[i] * sum;
        }
        return Math.max(smallest, Math.sqrt(Math.max(0, variance)));
    }
}
