package dev.milvuso.trainer.loss;

import dev.milvuso.trainer.math.Logarithm;
import dev.milvuso.trainer.math.VectorMath;

/** Cross entropy of every label by itself: {@code -ln σ(s)} for what was chosen, {@code -ln σ(-s)} for what was not. */
public record LogisticLoss() implements Loss {
    /** So many factors, at least e⁻⁴⁰ each, and their product is still an ordinary number. */
    private static final int FACTORS = 16;

    @Override
    public double slopes(Group group) {
        float[] chosen = group.slopes();
        float[] not = group.scratch();
        int size = group.size();
        VectorMath.BEST.logistic(group.scores(), size, chosen, not);
        // One logarithm for many: that of the product.
        double likelihood = group.chosen() ? chosen[0] : not[0];
        // The slope of a negative's score is what it was taken for one with.
        float[] slopes = chosen;
        slopes[0] = group.chosen() ? -not[0] : chosen[0];
        double loss = 0;
        for (int i = 1; i < size; i++) {
            if (i % FACTORS == 0) {
                loss -= Logarithm.of(likelihood);
                likelihood = 1;
            }
            likelihood *= not[i];
        }
        return loss - Logarithm.of(likelihood);
    }

    /** The log odds of a positive among so many negatives. */
    @Override
    public double intercept(double negatives) {
        return -Logarithm.of(Math.max(1, negatives));
    }
}
