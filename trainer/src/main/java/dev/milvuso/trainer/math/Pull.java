package dev.milvuso.trainer.math;

/**
 * What pulls at a row: another row times a slope, and L2. The gradient of the row is {@code fma(l2, row, slope *
 * other)}; the row as it was pulls back with {@code slope * row}. Reused from step to step; for one thread.
 */
public final class Pull {
    /** The other row, from 0 on. */
    public final float[] other;

    /** The other row's gradient, to which {@code slope * row} is added. */
    public final float[] back;

    private final float[] gradient;
    private float slope;
    private float l2;

    /**
     * @param other shape [length of a row or more], as the other two
     * @param gradient room for the gradient, where it is asked for
     */
    public Pull(float[] other, float[] back, float[] gradient) {
        this.other = other;
        this.back = back;
        this.gradient = gradient;
    }

    /** This, with another slope and L2. */
    public Pull by(float newSlope, float newL2) {
        slope = newSlope;
        l2 = newL2;
        return this;
    }

    public float slope() {
        return slope;
    }

    public float l2() {
        return l2;
    }

    /** The gradient of a row by itself, shape [length or more]; the row pulls back. */
    public float[] gradient(float[] rows, int offset, int length) {
        for (int i = 0; i < length; i++) {
            float old = rows[offset + i];
            back[i] = Math.fma(slope, old, back[i]);
            gradient[i] = Math.fma(l2, old, slope * other[i]);
        }
        return gradient;
    }
}
