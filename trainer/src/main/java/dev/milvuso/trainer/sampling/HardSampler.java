package dev.milvuso.trainer.sampling;

/**
 * Of several that another sampler draws, the one that the model likes best (dynamic negative sampling: Zhang et al.,
 * SIGIR 2013).
 *
 * @param candidates drawn for each, at least 1
 */
public record HardSampler(ItemSampler sampler, int candidates, Score score) implements ItemSampler {
    /** What the model thinks now. */
    public interface Score {
        float of(int user, int item);
    }

    @Override
    public int draw(int user, int positive) {
        int best = sampler.draw(user, positive);
        float highest = score.of(user, best);
        for (int i = 1; i < candidates; i++) {
            int item = sampler.draw(user, positive);
            float s = score.of(user, item);
            if (s > highest) {
                highest = s;
                best = item;
            }
        }
        return best;
    }

    /** That of the candidates: what the choice among them adds is what is wanted, and not corrected. */
    @Override
    public float logProbability(int item) {
        return sampler.logProbability(item);
    }
}
