package dev.milvuso.benchmarks.ann;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Vectors like those of a factorization, any number of them and always the same: items around topics, some of which are
 * far more frequent than others; noise that is strong in few directions and weak in most, none of them an axis; and
 * norms that vary, as popularity makes them. Users, who ask, lie between one to three topics that they share with the
 * items.
 */
final class Factors {
    private static final int TOPICS = 500;
    private static final double NOISE = 0.8;
    private static final double NORMS = 0.3;
    private static final int CHUNK = 1000;

    private final int dimension;
    /** Shape [topics, d]. */
    private final float[][] topics;
    /** Shape [d, d]: what a standard deviate in each direction adds. */
    private final float[][] directions;

    Factors(int dimension) {
        this.dimension = dimension;
        SplittableRandom random = new SplittableRandom(0);
        this.directions = new float[dimension][];
        for (int i = 0; i < dimension; i++) {
            // Variances fall as 1 / (i + 4), as those of a factorization do.
            directions[i] = deviates(random, Math.sqrt(1.0 / (i + 4)));
        }
        this.topics = new float[TOPICS][];
        for (int i = 0; i < TOPICS; i++) {
            topics[i] = along(deviates(random, 1));
        }
    }

    private float[] deviates(SplittableRandom random, double size) {
        float[] deviates = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            deviates[i] = (float) (size * random.nextGaussian());
        }
        return deviates;
    }

    private float[] along(float[] deviates) {
        float[] sum = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            float size = deviates[i];
            float[] direction = directions[i];
            for (int j = 0; j < dimension; j++) {
                sum[j] += size * direction[j];
            }
        }
        return sum;
    }

    /** @param seed of other items around the same topics */
    Vectors items(int count, long seed) {
        return drawn(count, seed, random -> {
            float[] item = along(deviates(random, NOISE));
            add(item, topic(random), 1);
            double norm = Math.exp(NORMS * random.nextGaussian());
            for (int i = 0; i < dimension; i++) {
                item[i] *= (float) norm;
            }
            return item;
        });
    }

    Vectors users(int count, long seed) {
        return drawn(count, seed, random -> {
            float[] user = along(deviates(random, NOISE));
            int tastes = random.nextInt(1, 4);
            for (int i = 0; i < tastes; i++) {
                add(user, topic(random), 1.0 / tastes);
            }
            return user;
        });
    }

    /** The first ones are the most frequent: by a third power. */
    private float[] topic(SplittableRandom random) {
        return topics[(int) (TOPICS * Math.pow(random.nextDouble(), 3))];
    }

    private void add(float[] to, float[] topic, double share) {
        for (int i = 0; i < dimension; i++) {
            to[i] += (float) (share * topic[i]);
        }
    }

    private interface Draw {
        float[] one(SplittableRandom random);
    }

    private Vectors drawn(int count, long seed, Draw draw) {
        float[] numbers = new float[Math.multiplyExact(count, dimension)];
        IntStream.range(0, (count + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + chunk);
            for (int row = chunk * CHUNK; row < Math.min(count, chunk * CHUNK + CHUNK); row++) {
                System.arraycopy(draw.one(random), 0, numbers, row * dimension, dimension);
            }
        });
        return new Vectors(numbers, count, dimension);
    }
}
