package dev.milvuso.trainer.math;

/**
 * The exponential function in float, without a branch that is hard to foresee: {@code 2ⁿ · 2ᶠ} with a polynomial for
 * {@code 2ᶠ}, |f| at most 1/2.
 */
public final class Exponential {
    private static final float LIMIT = 40;
    private static final float LOG2_E = (float) 1.4426950408889634;

    /** What of 1 / ln 2 does not fit in a float. */
    private static final float LOG2_E_REST = (float) (1.4426950408889634 - (float) 1.4426950408889634);

    /** Adding it leaves a whole number in the lowest bits. */
    private static final float ROUND = 12582912f;

    private Exponential() {}

    /**
     * e to the x; relative error at most 3e-7. What lies beyond ±40 counts as ±40, so that the result and its inverse
     * are ordinary numbers; NaN stays NaN.
     */
    public static float of(float x) {
        float bounded = x > LIMIT ? LIMIT : x < -LIMIT ? -LIMIT : x;
        float rounded = Math.fma(bounded, LOG2_E, ROUND);
        float whole = rounded - ROUND;
        // Exact to the last bit: the product is not rounded before whole is taken off.
        float f = Math.fma(bounded, LOG2_E_REST, Math.fma(bounded, LOG2_E, -whole));
        float p = (float) 1.5403530e-4;
        p = Math.fma(p, f, (float) 1.3333558e-3);
        p = Math.fma(p, f, (float) 9.6181291e-3);
        p = Math.fma(p, f, (float) 5.5504109e-2);
        p = Math.fma(p, f, (float) 2.4022651e-1);
        p = Math.fma(p, f, (float) 6.9314718e-1);
        p = Math.fma(p, f, 1);
        int exponent = Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(ROUND);
        return p * Float.intBitsToFloat((exponent + 127) << 23);
    }
}
