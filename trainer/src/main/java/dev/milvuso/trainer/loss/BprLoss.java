package dev.milvuso.trainer.loss;

import dev.milvuso.trainer.math.Exponential;

/**
 * Bayesian personalized ranking (Rendle et al., UAI 2009): the sum over negatives j of {@code -ln σ(s₀ - sⱼ)}. Says
 * nothing where nothing was chosen.
 */
public record BprLoss() implements Loss {
    @Override
    public double slopes(Group group) {
        float[] scores = group.scores();
        float[] slopes = group.slopes();
        boolean chosen = group.chosen();
        Tally lost = new Tally();
        float pull = 0;
        for (int j = 1; j < group.size(); j++) {
            float inverseOdds = Exponential.of(scores[j] - scores[0]);
            float right = 1 / (1 + inverseOdds);
            slopes[j] = chosen ? inverseOdds * right : 0;
            pull -= slopes[j];
            lost.addLikelihood(chosen ? right : 1);
        }
        slopes[0] = pull;
        return lost.total();
    }
}
