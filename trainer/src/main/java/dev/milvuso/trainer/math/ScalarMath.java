package dev.milvuso.trainer.math;

/** Plain loops. */
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
    public void step(
            float[] v, int offset, float[] u, float[] gradient, float slope, float decay, float move, int length) {
        for (int i = 0; i < length; i++) {
            float old = v[offset + i];
            gradient[i] = Math.fma(slope, old, gradient[i]);
            v[offset + i] = Math.fma(decay, old, move * u[i]);
        }
    }

    @Override
    public void move(float[] row, int offset, float[] along, float decay, float move, int length) {
        for (int i = 0; i < length; i++) {
            row[offset + i] = Math.fma(decay, row[offset + i], move * along[i]);
        }
    }

    @Override
    public String name() {
        return "plain loops";
    }
}
