package dev.milvuso.trainer.loss;

import dev.milvuso.trainer.math.Exponential;
import dev.milvuso.trainer.math.Logarithm;

/** Cross entropy of every label by itself: {@code -ln σ(s)} for what was chosen, {@code -ln σ(-s)} for what was not. */
public record LogisticLoss() implements Loss {
    /** Below it a further factor, at least e⁻⁴⁰, might underflow. */
    private static final double SMALL = 1e-280;

    @Override
    public double slopes(Group group) {
        float[] scores = group.scores();
        float[] slopes = group.slopes();
        float[] labels = group.labels();
        int size = group.size();
        double loss = 0;
        // One logarithm for many: that of the product.
        double likelihood = 1;
        for (int i = 0; i < size; i++) {
            float inverseOdds = Exponential.of(-scores[i]);
            float chosen = 1 / (1 + inverseOdds);
            float not = inverseOdds * chosen;
            boolean positive = labels[i] > 0.5f;
            slopes[i] = positive ? -not : chosen;
            likelihood *= positive ? chosen : not;
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
