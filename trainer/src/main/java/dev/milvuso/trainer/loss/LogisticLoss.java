package dev.milvuso.trainer.loss;

import dev.milvuso.trainer.math.Logarithm;
import dev.milvuso.trainer.math.VectorMath;

/** Cross entropy of every label by itself: {@code -ln σ(s)} for what was chosen, {@code -ln σ(-s)} for what was not. */
public record LogisticLoss() implements Loss {
    /** Below it a further factor, at least e⁻⁴⁰, might underflow. */
    private static final double SMALL = 1e-280;

    @Override
    public double slopes(Group group) {
        float[] slopes = group.slopes();
        float[] chosen = slopes;
        float[] not = group.scratch();
        float[] labels = group.labels();
        int size = group.size();
        VectorMath.BEST.logistic(group.scores(), size, chosen, not);
        double loss = 0;
        // One logarithm for many: that of the product.
        double likelihood = 1;
        for (int i = 0; i < size; i++) {
            boolean positive = labels[i] > 0.5f;
            likelihood *= positive ? chosen[i] : not[i];
            slopes[i] = positive ? -not[i] : chosen[i];
            if (likelihood < SMALL) {
                loss -= Logarithm.of(likelihood);
                likelihood = 1;
            }
        }
        return loss - Logarithm.of(likelihood);
    }

    /** The log odds of a positive among so many negatives. */
    @Override
    public double intercept(double negatives) {
        return -Logarithm.of(Math.max(1, negatives));
    }
}
