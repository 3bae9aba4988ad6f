package dev.milvuso.trainer.loss;

import java.util.Arrays;

/** What a loss sees of one user: the scores of a positive and of its negatives. Reused from step to step. */
public final class Group {
    private float[] scores = new float[0];
    private float[] slopes = new float[0];
    private float[] labels = new float[0];
    private float[] logProbabilities = new float[0];
    private float[] scratch = new float[0];
    private int size;
    private int catalogue;

    /**
     * Becomes a group of a positive, label 1, and negatives, label 0, all of them as likely to be drawn.
     *
     * @param size positive and negatives, at least 1
     * @param catalogue items that there are
     */
    public void begin(int size, int catalogue) {
        if (size > scores.length) {
            scores = new float[size];
            slopes = new float[size];
            labels = new float[size];
            logProbabilities = new float[size];
            scratch = new float[size];
        }
        this.size = size;
        this.catalogue = catalogue;
        Arrays.fill(labels, 0, size, 0);
        labels[0] = 1;
    }

    public int size() {
        return size;
    }

    public int catalogue() {
        return catalogue;
    }

    /** Shape [size or more], the positive's first. */
    public float[] scores() {
        return scores;
    }

    /** What the loss fills: its derivative by each score. Shape [size or more]. */
    public float[] slopes() {
        return slopes;
    }

    /** 1 for what was chosen and 0 for what was not, or ratings. Shape [size or more]. */
    public float[] labels() {
        return labels;
    }

    /** Logarithms of how likely each item was to be drawn; only differences matter. Shape [size or more]. */
    public float[] logProbabilities() {
        return logProbabilities;
    }

    /** Room for a loss to work in. Shape [size or more]. */
    float[] scratch() {
        return scratch;
    }
}
