package dev.milvuso.server.taste;

import java.util.Arrays;

/** What speaks for and against items right now: their vectors and how much each counts. For one thread. */
public final class Evidence {
    private float[][] vectors = new float[16][];
    private double[] weights = new double[16];
    private double[] parts = new double[16];
    private int size;

    /**
     * @param vector the item's, shape [dimension]; not changed
     * @param weight above 0 for it, below 0 against it; 1 is one plain like a moment ago
     * @param part of the way that it is to be followed, 0 to 1
     */
    public void add(float[] vector, double weight, double part) {
        if (weight == 0 || part == 0 || Double.isNaN(weight)) {
            return;
        }
        if (size == weights.length) {
            vectors = Arrays.copyOf(vectors, 2 * size);
            weights = Arrays.copyOf(weights, 2 * size);
            parts = Arrays.copyOf(parts, 2 * size);
        }
        vectors[size] = vector;
        parts[size] = part;
        weights[size++] = weight;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    float[] vector(int i) {
        return vectors[i];
    }

    double weight(int i) {
        return weights[i];
    }

    double part(int i) {
        return parts[i];
    }
}
