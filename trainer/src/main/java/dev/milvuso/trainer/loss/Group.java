package dev.milvuso.trainer.loss;

import dev.milvuso.trainer.math.VectorMath;

/** What a loss sees of one user: the scores of a positive and of its negatives. Reused from step to step. */
public final class Group {
    private float[] scores = new float[0];
    private float[] slopes = new float[0];
    private float[] logProbabilities = new float[0];
    private float[] scratch = new float[0];
    private float label;
    private int size;
    private int catalogue;

    /**
     * Becomes a group of a positive and negatives, whose label is 0, all of them as likely to be drawn.
     *
     * @param size positive and negatives, at least 1
     * @param label of the positive: 1 if it was chosen, 0 if not, or a rating
     * @param catalogue items that there are
     */
    public void begin(int size, float label, int catalogue) {
        if (size > scores.length) {
            int room = VectorMath.room(size);
            scores = new float[room];
            slopes = new float[room];
            logProbabilities = new float[room];
            scratch = new float[room];
        }
        this.size = size;
        this.catalogue = catalogue;
        this.label = label;
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

    /** The positive's: 1 if it was chosen, 0 if not, or a rating. */
    public float label() {
        return label;
    }

    /** Whether the positive is one. */
    boolean chosen() {
        return label > 0.5f;
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
