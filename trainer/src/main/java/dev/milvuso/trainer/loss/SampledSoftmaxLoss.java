package dev.milvuso.trainer.loss;

import dev.milvuso.trainer.math.Exponential;
import dev.milvuso.trainer.math.Logarithm;

/**
 * Cross entropy of the positive among its group, every score corrected by the logarithm of how likely its item was to
 * be drawn (Bengio and Senécal, 2008; for retrieval: Yi et al., RecSys 2019). Says nothing where nothing was chosen.
 */
public record SampledSoftmaxLoss() implements Loss {
    @Override
    public double slopes(Group group) {
        float[] slopes = group.slopes();
        int size = group.size();
        boolean chosen = group.chosen();
        float most = correct(group);
        double first = slopes[0] - most;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            slopes[i] = Exponential.of(slopes[i] - most);
            sum += slopes[i];
        }
        for (int i = 0; i < size; i++) {
            slopes[i] = chosen ? (float) (slopes[i] / sum) : 0;
        }
        if (!chosen) {
            return 0;
        }
        slopes[0] -= 1;
        return Logarithm.of(sum) - first;
    }

    /** Leaves the corrected scores where the slopes will be, and returns the largest. */
    private static float correct(Group group) {
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < group.size(); i++) {
            float corrected = group.scores()[i] - group.logProbabilities()[i];
            group.slopes()[i] = corrected;
            most = Math.max(most, corrected);
        }
        return most;
    }
}
