package dev.milvuso.trainer.initializer;

import java.util.SplittableRandom;

/**
 * Normal with mean 0, by Box and Muller's transform in {@code StrictMath}, so that every machine draws the same.
 *
 * @param deviation standard deviation, 0 or more
 */
public record Normal(double deviation) implements Initializer {
    @Override
    public void fill(SplittableRandom random, float[] rows, int offset, int length) {
        for (int i = 0; i < length; i += 2) {
            // Of 1 minus what may be 0.
            double radius = deviation * Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double angle = 2 * Math.PI * random.nextDouble();
            rows[offset + i] = (float) (radius * StrictMath.cos(angle));
            if (i + 1 < length) {
                rows[offset + i + 1] = (float) (radius * StrictMath.sin(angle));
            }
        }
    }
}
