package dev.milvuso.trainer.loss;

import dev.milvuso.trainer.math.Logarithm;
import dev.milvuso.trainer.math.VectorMath;

/** Cross entropy of every label by itself: {@code -ln σ(s)} for what was chosen, {@code -ln σ(-s)} for what was not. */
public record LogisticLoss() implements Loss {
    @Override
    public double slopes(Group group) {
        Tally lost = new Tally();
        slopes(group, lost);
        return lost.total();
    }

    @Override
    public void slopes(Group group, Tally lost) {
        float[] scores = group.scores();
        float[] slopes = group.slopes();
        float[] likelihoods = group.scratch();
        int size = group.size();
        // What a negative is taken for one with is the slope of its score, and what that lacks to 1 its likelihood.
        VectorMath.BEST.logistic(scores, size, slopes, likelihoods);
        if (group.chosen()) {
            float chosen = slopes[0];
            slopes[0] = -likelihoods[0];
            likelihoods[0] = chosen;
        }
        if (size % 2 == 1) {
            likelihoods[size] = 1;
        }
        for (int from = 0; from < size; from += Tally.FACTORS) {
            lost.addLikelihood(product(likelihoods, from, Math.min(from + Tally.FACTORS, size)));
        }
    }

    /** By pairs, so that what waits for one another is half as long; two are an ordinary number in float. */
    private static double product(float[] factors, int from, int to) {
        double product = 1;
        for (int i = from; i < to; i += 2) {
            product *= factors[i] * factors[i + 1];
        }
        return product;
    }

    /** The log odds of a positive among so many negatives. */
    @Override
    public double intercept(double negatives) {
        return -Logarithm.of(Math.max(1, negatives));
    }
}
