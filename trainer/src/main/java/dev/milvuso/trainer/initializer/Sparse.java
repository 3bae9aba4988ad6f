package dev.milvuso.trainer.initializer;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * All 0 but for a share of places, at least one, drawn without repetition (Martens, ICML 2010). These are normal, of a
 * variance that gives the row the expected squared length {@code gain²}.
 *
 * @param share above 0, up to 1
 * @param gain 0 or more
 */
public record Sparse(double share, double gain) implements Initializer {
    @Override
    public void fill(SplittableRandom random, float[] rows, int offset, int length) {
        int filled = (int) Math.max(1, Math.round(share * length));
        float[] numbers = new float[filled];
        new Normal(gain / Math.sqrt(filled)).fill(random, numbers, 0, filled);
        Arrays.fill(rows, offset, offset + length, 0);
        int left = filled;
        // Every place with the chance that leaves exactly as many as are wanted (Knuth, algorithm S).
        for (int i = 0; left > 0; i++) {
            if (random.nextInt(length - i) < left) {
                rows[offset + i] = numbers[--left];
            }
        }
    }
}
