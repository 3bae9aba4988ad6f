package dev.milvuso.trainer.math;

/** Plain loops; those that begin anywhere also finish what does not fill a vector. */
public final class ScalarMath implements VectorMath {
    @Override
    public float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int end = length & -8;
        for (int i = 0; i < end; i += 8) {
            int p = aOffset + i;
            int q = bOffset + i;
            s0 = Math.fma(a[p], b[q], s0);
            s1 = Math.fma(a[p + 1], b[q + 1], s1);
            s2 = Math.fma(a[p + 2], b[q + 2], s2);
            s3 = Math.fma(a[p + 3], b[q + 3], s3);
            s4 = Math.fma(a[p + 4], b[q + 4], s4);
            s5 = Math.fma(a[p + 5], b[q + 5], s5);
            s6 = Math.fma(a[p + 6], b[q + 6], s6);
            s7 = Math.fma(a[p + 7], b[q + 7], s7);
        }
        int p = aOffset + end;
        int q = bOffset + end;
        int rest = length - end;
        if (rest > 0) {
            s0 = Math.fma(a[p], b[q], s0);
        }
        if (rest > 1) {
            s1 = Math.fma(a[p + 1], b[q + 1], s1);
        }
        if (rest > 2) {
            s2 = Math.fma(a[p + 2], b[q + 2], s2);
        }
        if (rest > 3) {
            s3 = Math.fma(a[p + 3], b[q + 3], s3);
        }
        if (rest > 4) {
            s4 = Math.fma(a[p + 4], b[q + 4], s4);
        }
        if (rest > 5) {
            s5 = Math.fma(a[p + 5], b[q + 5], s5);
        }
        if (rest > 6) {
            s6 = Math.fma(a[p + 6], b[q + 6], s6);
        }
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    @Override
    public void logistic(float[] scores, int count, float[] chosen, float[] not) {
        for (int k = 0; k < count; k++) {
            float inverseOdds = Exponential.of(-scores[k]);
            chosen[k] = 1 / (1 + inverseOdds);
            not[k] = inverseOdds * chosen[k];
        }
    }

    @Override
    public float squares(float[] rows, int offset, Pull pull, int length) {
        return squares(rows, offset, pull, new float[8], 0, length);
    }

    /** Goes on from eight sums. */
    public static float squares(float[] rows, int offset, Pull pull, float[] sums, int from, int length) {
        for (int i = from; i < length; i++) {
            float g = gradient(rows[offset + i], pull, i);
            sums[i % 8] = Math.fma(g, g, sums[i % 8]);
        }
        return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
    }

    private static float gradient(float w, Pull pull, int i) {
        return Math.fma(pull.l2(), w, pull.slope() * pull.other[i]);
    }

    private static void pullBack(float w, Pull pull, int i) {
        pull.back[i] = Math.fma(pull.slope(), w, pull.back[i]);
    }

    @Override
    public void step(float[] rows, int offset, Pull pull, float rate, int length) {
        step(rows, offset, pull, rate, 0, length);
    }

    public static void step(float[] rows, int offset, Pull pull, float rate, int from, int length) {
        float decay = 1 - rate * pull.l2();
        float move = -rate * pull.slope();
        for (int i = from; i < length; i++) {
            float w = rows[offset + i];
            pullBack(w, pull, i);
            rows[offset + i] = Math.fma(decay, w, move * pull.other[i]);
        }
    }

    @Override
    public void adaGradStep(
            float[] rows, int offset, Pull pull, float[] state, int sums, float rate, float epsilon, int length) {
        adaGradStep(rows, offset, pull, state, sums, rate, epsilon, 0, length);
    }

    public static void adaGradStep(
            float[] rows,
            int offset,
            Pull pull,
            float[] state,
            int sums,
            float rate,
            float epsilon,
            int from,
            int length) {
        for (int i = from; i < length; i++) {
            float w = rows[offset + i];
            float g = gradient(w, pull, i);
            float s = Math.fma(g, g, state[sums + i]);
            pullBack(w, pull, i);
            state[sums + i] = s;
            rows[offset + i] = w - rate * g / ((float) Math.sqrt(s) + epsilon);
        }
    }

    @Override
    public void adamStep(
            float[] rows,
            int offset,
            Pull pull,
            float[] state,
            int first,
            float beta1,
            float beta2,
            float rate,
            float inverse,
            float epsilon,
            int length) {
        adamStep(rows, offset, pull, state, first, beta1, beta2, rate, inverse, epsilon, 0, length);
    }

    public static void adamStep(
            float[] rows,
            int offset,
            Pull pull,
            float[] state,
            int first,
            float beta1,
            float beta2,
            float rate,
            float inverse,
            float epsilon,
            int from,
            int length) {
        int second = first + length;
        for (int i = from; i < length; i++) {
            float w = rows[offset + i];
            float g = gradient(w, pull, i);
            float m = Math.fma(beta1, state[first + i], (1 - beta1) * g);
            float v = Math.fma(beta2, state[second + i], (1 - beta2) * g * g);
            pullBack(w, pull, i);
            state[first + i] = m;
            state[second + i] = v;
            rows[offset + i] = w - rate * m / ((float) Math.sqrt(v * inverse) + epsilon);
        }
    }

    @Override
    public String name() {
        return "plain loops";
    }
}
