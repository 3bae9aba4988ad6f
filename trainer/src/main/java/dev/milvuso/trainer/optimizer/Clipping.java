package dev.milvuso.trainer.optimizer;

/**
 * Bounds a gradient (Pascanu, Mikolov and Bengio, ICML 2013): first every number, then the length of the whole.
 *
 * @param value most that a number may be away from 0; 0 for no bound
 * @param norm most that the gradient may be long; 0 for no bound
 */
public record Clipping(float value, float norm) {
    /** Bounds nothing. */
    public static final Clipping NONE = new Clipping(0, 0);

    public boolean isNone() {
        return value <= 0 && norm <= 0;
    }

    /** Bounds the first {@code length} numbers. */
    public void clip(float[] gradient, int length) {
        if (value > 0) {
            for (int i = 0; i < length; i++) {
                gradient[i] = Math.max(-value, Math.min(value, gradient[i]));
            }
        }
        if (norm > 0) {
            shorten(gradient, length);
        }
    }

    private void shorten(float[] gradient, int length) {
        float squares = 0;
        for (int i = 0; i < length; i++) {
            squares += gradient[i] * gradient[i];
        }
        if (squares > norm * norm) {
            float scale = norm / (float) Math.sqrt(squares);
            for (int i = 0; i < length; i++) {
                gradient[i] *= scale;
            }
        }
    }
}
