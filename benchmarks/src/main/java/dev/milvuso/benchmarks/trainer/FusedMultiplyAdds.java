package dev.milvuso.benchmarks.trainer;

import java.util.Arrays;

/** Arithmetic alone: a polynomial of many terms over an array that stays in the nearest cache. */
final class FusedMultiplyAdds implements Kernel {
    private static final int LENGTH = 1024;
    private static final int TIMES = 1000;
    private static final int TERMS = 8;

    private final float[] values = new float[LENGTH];

    FusedMultiplyAdds() {
        Arrays.fill(values, 0.5f);
    }

    @Override
    public void pass() {
        for (int i = 0; i < TIMES; i++) {
            polynomial(values);
        }
    }

    // Its fixed point attracts, so the numbers neither grow nor become subnormal.
    private static void polynomial(float[] x) {
        float a = 0.5f;
        float b = 0.25f;
        for (int i = 0; i < LENGTH; i++) {
            float y = x[i];
            y = Math.fma(y, a, b);
            y = Math.fma(y, a, b);
            y = Math.fma(y, a, b);
            y = Math.fma(y, a, b);
            y = Math.fma(y, a, b);
            y = Math.fma(y, a, b);
            y = Math.fma(y, a, b);
            y = Math.fma(y, a, b);
            x[i] = y;
        }
    }

    @Override
    public double workOfPass() {
        return 2.0 * TERMS * LENGTH * TIMES;
    }
}
