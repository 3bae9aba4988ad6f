package dev.milvuso.trainer.sampling;

import java.util.random.RandomGenerator;

/** Draws popular items more often, so that what nobody knows is not all that is learnt against. */
public record PopularitySampler(Popularity popularity, RandomGenerator random) implements ItemSampler {
    private static final int TRIES = 100;

    @Override
    public int draw(int user, int positive) {
        AliasTable table = popularity.table();
        int item = table.draw(random);
        for (int tries = 1; item == positive && tries < TRIES; tries++) {
            item = table.draw(random);
        }
        return item == positive ? (positive + 1) % popularity.items() : item;
    }

    @Override
    public float logProbability(int item) {
        return popularity.logProbability(item);
    }
}
