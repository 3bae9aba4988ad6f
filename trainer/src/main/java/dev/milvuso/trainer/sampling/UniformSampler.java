package dev.milvuso.trainer.sampling;

import java.util.random.RandomGenerator;

/** @param items how many there are, at least 2 */
public record UniformSampler(int items, RandomGenerator random) implements ItemSampler {
    @Override
    public int draw(int user, int positive) {
        // One of those before the positive or one past it: nothing is ever drawn twice.
        int item = (int) (((random.nextLong() >>> 32) * (items - 1)) >>> 32);
        return item < positive ? item : item + 1;
    }

    @Override
    public float logProbability(int item) {
        return (float) -StrictMath.log(items);
    }
}
