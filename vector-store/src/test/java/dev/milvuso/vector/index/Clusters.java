package dev.milvuso.vector.index;

import java.util.SplittableRandom;

/** Rows around a few centres, of different lengths. */
final class Clusters {
    private final SplittableRandom random;
    private final float[][] centres;

    Clusters(int dimension, long seed) {
        this.random = new SplittableRandom(seed);
        this.centres = new float[40][dimension];
        for (float[] centre : centres) {
            for (int i = 0; i < dimension; i++) {
                centre[i] = (float) random.nextGaussian();
            }
        }
    }

    float[] next() {
        float[] row = centres[random.nextInt(centres.length)].clone();
        float length = (float) Math.exp(0.3 * random.nextGaussian());
        for (int i = 0; i < row.length; i++) {
            row[i] = length * (row[i] + (float) (0.6 * random.nextGaussian()));
        }
        return row;
    }

    float[][] next(int count) {
        float[][] rows = new float[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = next();
        }
        return rows;
    }
}
