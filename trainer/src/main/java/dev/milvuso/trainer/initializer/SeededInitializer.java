package dev.milvuso.trainer.initializer;

import java.util.SplittableRandom;

/** An initializer with the seed of a run: a row is that of its seed, kind and id. */
public record SeededInitializer(Initializer initializer, long seed) implements RowInitializer {
    @Override
    public void fill(String kind, String id, float[] rows, int offset, int length) {
        initializer.fill(new SplittableRandom(seed ^ IdHash.of(kind, id)), rows, offset, length);
    }
}
