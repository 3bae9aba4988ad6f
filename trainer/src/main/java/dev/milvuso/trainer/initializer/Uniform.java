package dev.milvuso.trainer.initializer;

import java.util.SplittableRandom;

/** @param bound numbers lie between its negative and itself, 0 or more */
public record Uniform(double bound) implements Initializer {
    @Override
    public void fill(SplittableRandom random, float[] rows, int offset, int length) {
        for (int i = 0; i < length; i++) {
            rows[offset + i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
    }
}
