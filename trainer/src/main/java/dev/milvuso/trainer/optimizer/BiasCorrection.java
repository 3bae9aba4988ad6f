package dev.milvuso.trainer.optimizer;

/**
 * What a mean that began at 0 lacks after t steps (Kingma and Ba, ICLR 2015, section 3): {@code 1 - beta^t}, from a
 * table up to where it is 1 in a float.
 */
final class BiasCorrection {
    /** Beyond it a beta is so near to 1 that powers are worked out. */
    private static final int LONGEST = 1 << 16;

    private final float beta;
    private final float[] table;

    /** @param beta 0 to below 1 */
    BiasCorrection(float beta) {
        this.beta = beta;
        int length = 1;
        while (length < LONGEST && exact(length) < 1) {
            length++;
        }
        table = new float[length];
        for (int t = 0; t < length; t++) {
            table[t] = exact(t);
        }
    }

    private float exact(double t) {
        return (float) (1 - Powers.of(beta, t));
    }

    /** @param t a whole number, 0 or more */
    float after(float t) {
        return t < table.length ? table[(int) t] : table.length < LONGEST ? 1 : exact(t);
    }
}
