package dev.milvuso.trainer.initializer;

import java.util.SplittableRandom;

/**
 * A row of length {@code gain} in a direction that is uniform over the sphere: what a row of a random orthogonal matrix
 * is by itself (Saxe, McClelland and Ganguli, ICLR 2014). Rows come one by one and know nothing of each other, and more
 * than {@code length} of them cannot all be orthogonal, so between rows it holds on average only: the cosine of two has
 * mean 0 and variance {@code 1 / length}.
 *
 * @param gain 0 or more
 */
public record Orthogonal(double gain) implements Initializer {
    @Override
    public void fill(SplittableRandom random, float[] rows, int offset, int length) {
        new Normal(1).fill(random, rows, offset, length);
        double squares = 0;
        for (int i = 0; i < length; i++) {
            squares += (double) rows[offset + i] * rows[offset + i];
        }
        // Never 0 in practice; a row of zeros then stays one.
        double scale = squares > 0 ? gain / Math.sqrt(squares) : 0;
        for (int i = 0; i < length; i++) {
            rows[offset + i] *= (float) scale;
        }
    }
}
