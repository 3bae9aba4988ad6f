package dev.milvuso.trainer.initializer;

import java.util.SplittableRandom;

/**
 * Uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio, AISTATS 2010), both fans the dimension. A row depends on
 * the seed and its id alone, so it is the same in whatever order ids come.
 *
 * @param gain factor on that bound, 0 or more
 */
public record XavierInitializer(long seed, double gain) implements RowInitializer {
    public XavierInitializer(long seed) {
        this(seed, 1);
    }

    @Override
    public void fill(String kind, String id, float[] rows, int offset, int length) {
        Scaled.uniform(gain, 1).fill(new SplittableRandom(seed ^ IdHash.of(kind, id)), rows, offset, length);
    }
}
