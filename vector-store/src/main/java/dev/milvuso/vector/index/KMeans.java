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
            centres = means(rows, nearest, centres);
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

    private float[][] means(float[][] rows, int[] nearest, float[][] before) {
        float[][] sums = new float[before.length][dimension];
        int[] counts = new int[before.length];
        for (int row = 0; row < rows.length; row++) {
            float[] sum = sums[nearest[row]];
            counts[nearest[row]]++;
            for (int i = 0; i < dimension; i++) {
                sum[i] += rows[row][i];
            }
        }
        for (int c = 0; c < sums.length; c++) {
            for (int i = 0; i < dimension; i++) {
                sums[c][i] /= counts[c];
            }
        }
        fill(sums, counts, rows, nearest);
        return sums;
    }

    /** A centre that no row is nearest to goes to a row of the largest cluster. */
    private void fill(float[][] centres, int[] counts, float[][] rows, int[] nearest) {
        int[] largest = IntStream.range(0, counts.length)
                .boxed()
                .sorted((a, b) -> counts[b] - counts[a])
                .mapToInt(c -> c)
                .toArray();
        int next = 0;
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0) {
                int from = largest[next++ % Math.max(1, largest.length / 4)];
                int row = random.nextInt(rows.length);
                for (int tries = 0; nearest[row] != from && tries < 10_000; tries++) {
                    row = random.nextInt(rows.length);
                }
                centres[c] = Arrays.copyOf(rows[row], dimension);
            }
        }
    }
}
