package dev.milvuso.server.taste;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Item vectors of several kinds, as a trainer makes them: those of a kind lie together, each with its bias. */
record Kinds(int kinds, int itemsOfAKind, int dimension, List<float[]> items) {
    static Kinds of(int kinds, int itemsOfAKind, int dimension, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<float[]> items = new ArrayList<>();
        for (int kind = 0; kind < kinds; kind++) {
            float[] centre = gaussian(dimension, 0.5, random);
            for (int i = 0; i < itemsOfAKind; i++) {
                float[] item = gaussian(dimension, 0.25, random);
                for (int n = 0; n < dimension; n++) {
                    item[n] += centre[n];
                }
                item[dimension - 1] = (float) (0.5 * random.nextGaussian());
                items.add(item);
            }
        }
        return new Kinds(kinds, itemsOfAKind, dimension, items);
    }

    private static float[] gaussian(int dimension, double deviation, SplittableRandom random) {
        float[] numbers = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            numbers[i] = (float) (deviation * random.nextGaussian());
        }
        return numbers;
    }

    float[] item(int kind, int number) {
        return items.get(kind * itemsOfAKind + number);
    }

    /** Somebody who has liked several items of the kind. */
    float[] userOf(int kind) {
        float[] user = new float[dimension];
        for (int number = 0; number < itemsOfAKind; number++) {
            for (int i = 0; i < dimension; i++) {
                user[i] += item(kind, number)[i] / itemsOfAKind;
            }
        }
        user[dimension - 1] = 1;
        return user;
    }

    /** How many of the user's ten best items, other than the one, are of the kind. */
    long among(float[] user, int kind, int other) {
        return best(user).stream()
                .filter(item -> item != kind * itemsOfAKind + other)
                .limit(10)
                .filter(item -> item / itemsOfAKind == kind)
                .count();
    }

    private List<Integer> best(float[] user) {
        double[] scores = new double[items.size()];
        for (int item = 0; item < scores.length; item++) {
            for (int i = 0; i < dimension; i++) {
                scores[item] += user[i] * items.get(item)[i];
            }
        }
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer item) -> -scores[item]))
                .limit(11)
                .toList();
    }
}
