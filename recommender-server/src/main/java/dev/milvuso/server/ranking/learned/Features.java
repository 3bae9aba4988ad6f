package dev.milvuso.server.ranking.learned;

import java.util.Arrays;

/** What is known of one user and one item: numbers of features and their values. Used again; for one thread. */
public final class Features {
    private int size;
    private int[] indices = new int[32];
    private float[] values = new float[32];

    /** Empties it. */
    public void clear() {
        size = 0;
    }

    /**
     * @param index of {@link FeatureNames}
     * @param value nothing is known if it is not finite: it is left out
     */
    public void add(int index, double value) {
        float kept = (float) value;
        if (!Float.isFinite(kept) || kept == 0) {
            return;
        }
        if (size == indices.length) {
            indices = Arrays.copyOf(indices, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        indices[size] = index;
        values[size++] = kept;
    }

    int size() {
        return size;
    }

    int index(int place) {
        return indices[place];
    }

    float value(int place) {
        return values[place];
    }

    void value(int place, float value) {
        values[place] = value;
    }
}
