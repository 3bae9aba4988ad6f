package dev.milvuso.server.taste;

import java.util.Arrays;

/** What speaks for and against items right now: their vectors and how much each counts. For one thread. */
public final class Evidence {
    private float[][] vectors = new float[16][];
    private double[] weights = new double[16];
    private int size;

    /**
     * @param vector the item's, shape [dimension]; not changed
     * @param weight above 0 for it, below 0 against it; 1 is one plain like a moment ago
     */
    public void add(float[] vector, double weight) {
        if (weight == 0 || Double.isNaN(weight)) {
            return;
        }
        if (size == weights.length) {
            vectors = Arrays.copyOf(vectors, 2 * size);
            weights = Arrays.copyOf(weights, 2 * size);
        }
        vectors[size] = vector;
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

    void clear() {
        Arrays.fill(vectors, 0, size, null);
        size = 0;
    }
}
