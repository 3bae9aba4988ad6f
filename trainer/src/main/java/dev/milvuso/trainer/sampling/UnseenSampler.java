package dev.milvuso.trainer.sampling;

/** Draws again where the user has chosen the item, a hundred times at most: a user may have chosen all there are. */
public record UnseenSampler(ItemSampler sampler, Seen seen) implements ItemSampler {
    private static final int TRIES = 100;

    /** What users have chosen. */
    public interface Seen {
        boolean contains(int user, int item);
    }

    @Override
    public int draw(int user, int positive) {
        int item = sampler.draw(user, positive);
        for (int tries = 1; tries < TRIES && seen.contains(user, item); tries++) {
            item = sampler.draw(user, positive);
        }
        return item;
    }

    @Override
    public float logProbability(int item) {
        return sampler.logProbability(item);
    }
}
