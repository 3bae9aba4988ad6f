package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Lloyd's algorithm by squared distance. The same seed gives the same centres with any number of threads: rows find
 * their centres in parallel and are added up in their order.
 */
final class KMeans {
    private final int dimension;
    private final int iterations;
    private final SplittableRandom random;

    KMeans(int dimension, int iterations, long seed) {
        this.dimension = dimension;
        this.iterations = iterations;
        this.random = new SplittableRandom(seed);
    }

    /** @param rows at least as many as centres. @return shape [count, d] */
    float[][] centres(float[][] rows, int count) {
        float[][] centres = sample(rows, count);
        int[] nearest = new int[rows.length];
        for (int i = 0; i < iterations; i++) {
            Nearest find = new Nearest(centres, dimension);
            IntStream.range(0, (rows.length + 255) / 256).parallel().forEach(chunk -> find.all(rows, chunk, nearest));
            int[] counts = new int[count];
            centres = means(rows, nearest, counts);
            // What has moved last would not be the mean of what is near.
            move(centres, counts, rows, nearest, i < iterations - 1 ? rows.length / count / 4 : 0);
        }
        return centres;
    }

    /** Some of the rows, by chance, none twice. */
    float[][] sample(float[][] rows, int count) {
        int[] order = IntStream.range(0, rows.length).toArray();
        float[][] sample = new float[count][];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, rows.length);
            sample[i] = rows[order[j]];
            order[j] = order[i];
        }
        return sample;
    }

    private float[][] means(float[][] rows, int[] nearest, int[] counts) {
        float[][] sums = new float[counts.length][dimension];
        for (int row = 0; row < rows.length; row++) {
            float[] sum = sums[nearest[row]];
            counts[nearest[row]]++;
            for (int i = 0; i < dimension; i++) {
                sum[i] += rows[row][i];
            }
        }
        for (int c = 0; c < sums.length; c++) {
            for (int i = 0; i < dimension; i++) {
                sums[c][i] /= Math.max(1, counts[c]);
            }
        }
        return sums;
    }

    /**
     * Centres that few rows or none are nearest to go where there are many, so that clusters become alike in size: the
     * lists need less mending.
     *
     * @param few at most
     */
    private void move(float[][] centres, int[] counts, float[][] rows, int[] nearest, int few) {
        int[] crowds = crowds(rows, counts, nearest);
        int next = 0;
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0 || (counts[c] <= few && next < crowds.length)) {
                int row = next < crowds.length ? crowds[next++] : random.nextInt(rows.length);
                centres[c] = Arrays.copyOf(rows[row], dimension);
            }
        }
    }

    /**
     * Rows of clusters that have more than their share, each time so many rows as a cluster should have have gone by.
     */
    private int[] crowds(float[][] rows, int[] counts, int[] nearest) {
        int share = Math.max(1, rows.length / counts.length);
        int[] seen = new int[counts.length];
        return IntStream.range(0, rows.length)
                .filter(row -> {
                    int at = ++seen[nearest[row]];
                    return at % share == 0 && at > share;
                })
                .toArray();
    }
}
