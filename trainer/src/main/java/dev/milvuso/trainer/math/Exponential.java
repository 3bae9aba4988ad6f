package dev.milvuso.trainer.math;

/**
 * The exponential function in float, without a branch that is hard to foresee: {@code 2ⁿ · 2ᶠ} with a polynomial for
 * {@code 2ᶠ}, |f| at most 1/2.
 */
public final class Exponential {
    /** What lies beyond it, or beyond its negative, counts as it. */
    public static final float LIMIT = 40;

    public static final float LOG2_E = (float) 1.4426950408889634;

    /** What of 1 / ln 2 does not fit in a float. */
    public static final float LOG2_E_REST = (float) (1.4426950408889634 - (float) 1.4426950408889634);

    /** Adding it leaves a whole number in the lowest bits. */
    public static final float ROUND = 12582912f;

    /** Of the polynomial for {@code 2ᶠ}, whose constant is 1. */
    public static final float C1 = (float) 6.9314718e-1;

    public static final float C2 = (float) 2.4022651e-1;
    public static final float C3 = (float) 5.5504109e-2;
    public static final float C4 = (float) 9.6181291e-3;
    public static final float C5 = (float) 1.3333558e-3;
    public static final float C6 = (float) 1.5403530e-4;

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
        float p = Math.fma(C6, f, C5);
        p = Math.fma(p, f, C4);
        p = Math.fma(p, f, C3);
        p = Math.fma(p, f, C2);
        p = Math.fma(p, f, C1);
        p = Math.fma(p, f, 1);
        int exponent = Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(ROUND);
        return p * Float.intBitsToFloat((exponent + 127) << 23);
    }
}
