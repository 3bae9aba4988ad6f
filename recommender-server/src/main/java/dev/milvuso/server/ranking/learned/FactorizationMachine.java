package dev.milvuso.server.ranking.learned;

import java.util.SplittableRandom;

/**
 * A factorization machine (Rendle, "Factorization machines", ICDM 2010) with logistic loss: {@code logit = w0 + sum w_i
 * x_i + sum over i < j of (v_i · v_j) x_i x_j}. Without factors it is a logistic regression. Learns one example at a
 * time. For one thread.
 */
public final class FactorizationMachine {
    private final int factors;
    private final Weights bias;
    private final Weights linear;
    private final Weights pairs;
    private final double[] sums;

    /**
     * @param factors length of each v; 0: a logistic regression
     * @param bias of size 1
     * @param linear of the features' size
     * @param pairs of the features' size times {@code factors}, feature by feature; must not all be 0 at first
     */
    public FactorizationMachine(int factors, Weights bias, Weights linear, Weights pairs) {
        this.factors = factors;
        this.bias = bias;
        this.linear = linear;
        this.pairs = pairs;
        this.sums = new double[factors];
    }

    /** Small random numbers to begin {@code pairs} with. */
    public static float[] start(int features, int factors, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] start = new float[features * factors];
        for (int i = 0; i < start.length; i++) {
            start[i] = (float) (random.nextDouble() - 0.5) * 0.1f;
        }
        return start;
    }

    /** Larger is likelier. */
    public double logit(Features x) {
        double logit = bias.get(0);
        for (int i = 0; i < x.size(); i++) {
            logit += linear.get(x.index(i)) * x.value(i);
        }
        for (int f = 0; f < factors; f++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < x.size(); i++) {
                double part = pairs.get(x.index(i) * factors + f) * x.value(i);
                sum += part;
                squares += part * part;
            }
            sums[f] = sum;
            logit += (sum * sum - squares) / 2;
        }
        return logit;
    }

    /**
     * @param label 1 for the item, 0 against it
     * @param weight how much it counts; 0 changes nothing
     * @return the probability of 1 that it said before
     * @throws IllegalArgumentException if label or weight is none
     */
    public double learn(Features x, int label, double weight) {
        if (label != 0 && label != 1) {
            throw new IllegalArgumentException("label is " + label + ": must be 0 or 1");
        }
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight is " + weight + ": must be finite and at least 0");
        }
        double said = 1 / (1 + Math.exp(-logit(x)));
        double error = weight * (said - label);
        if (error == 0) {
            return said;
        }
        bias.step(0, error);
        for (int i = 0; i < x.size(); i++) {
            linear.step(x.index(i), error * x.value(i));
        }
        for (int f = 0; f < factors; f++) {
            // The sum is that of before: an earlier feature's step must not change a later one's gradient.
            for (int i = 0; i < x.size(); i++) {
                int at = x.index(i) * factors + f;
                double value = x.value(i);
                pairs.step(at, error * value * (sums[f] - pairs.get(at) * value));
            }
        }
        return said;
    }
}
