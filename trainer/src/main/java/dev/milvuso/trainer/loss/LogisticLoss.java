package dev.milvuso.trainer.loss;

/** Cross entropy of a label 0 or 1 and the logistic function of a score. */
public final class LogisticLoss {
    private LogisticLoss() {}

    /** The logistic function; never NaN for a finite score. */
    public static float probability(float score) {
        return (float) (1 / (1 + Math.exp(-score)));
    }

    /** The slope of the loss with respect to the score. */
    public static float slope(float probability, float label) {
        return probability - label;
    }

    /** The loss in nats, bounded where the probability is 0 or 1 in float. */
    public static double value(float probability, float label) {
        double right = label > 0.5f ? probability : 1 - probability;
        return -Math.log(Math.max(right, 1e-12));
    }
}
