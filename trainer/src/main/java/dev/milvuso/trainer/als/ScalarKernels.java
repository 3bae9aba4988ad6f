package dev.milvuso.trainer.als;

/** Plain Java. Loops without a sum are left to the compiler to vectorise; sums have their lanes written out. */
final class ScalarKernels implements Kernels {
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
        for (int i = 0; i < length; i += LANES) {
            int x = aOffset + i;
            int y = bOffset + i;
            s0 = Math.fma(a[x], b[y], s0);
            s1 = Math.fma(a[x + 1], b[y + 1], s1);
            s2 = Math.fma(a[x + 2], b[y + 2], s2);
            s3 = Math.fma(a[x + 3], b[y + 3], s3);
            s4 = Math.fma(a[x + 4], b[y + 4], s4);
            s5 = Math.fma(a[x + 5], b[y + 5], s5);
            s6 = Math.fma(a[x + 6], b[y + 6], s6);
            s7 = Math.fma(a[x + 7], b[y + 7], s7);
        }
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    @Override
    public void add(float scale, float[] x, int xOffset, float[] y, int yOffset, int length) {
        for (int i = 0; i < length; i++) {
            y[yOffset + i] = Math.fma(scale, x[xOffset + i], y[yOffset + i]);
        }
    }

    @Override
    public double project(RowSet rows, float[] p, float target, float sign, float[] scratch, float[] out, int length) {
        float[] v = rows.values();
        int last = rows.size() - 1;
        double sum = 0;
        for (int j = 0; j <= last; j += 4) {
            int r0 = rows.start(j);
            int r1 = rows.start(Math.min(j + 1, last));
            int r2 = rows.start(Math.min(j + 2, last));
            int r3 = rows.start(Math.min(j + 3, last));
            float c0 = target + sign * dot(v, r0, p, 0, length);
            float c1 = j + 1 <= last ? target + sign * dot(v, r1, p, 0, length) : 0;
            float c2 = j + 2 <= last ? target + sign * dot(v, r2, p, 0, length) : 0;
            float c3 = j + 3 <= last ? target + sign * dot(v, r3, p, 0, length) : 0;
            add4(v, r0, c0, r1, c1, r2, c2, r3, c3, out, 0, length);
            sum += (c0 + c1) + (c2 + c3);
        }
        return sum;
    }

    private static void add4(
            float[] v,
            int r0,
            float c0,
            int r1,
            float c1,
            int r2,
            float c2,
            int r3,
            float c3,
            float[] out,
            int outOffset,
            int length) {
        for (int i = 0; i < length; i++) {
            float sum = Math.fma(c0, v[r0 + i], out[outOffset + i]);
            sum = Math.fma(c1, v[r1 + i], sum);
            sum = Math.fma(c2, v[r2 + i], sum);
            out[outOffset + i] = Math.fma(c3, v[r3 + i], sum);
        }
    }

    @Override
    public void addDots(RowSet rows, int offset, float[] p, float[] out, int length) {
        for (int j = 0; j < rows.size(); j++) {
            out[j] += dot(rows.values(), rows.start(j) + offset, p, 0, length);
        }
    }

    @Override
    public void addScaled(RowSet rows, int offset, float[] scales, float[] out, int length) {
        float[] v = rows.values();
        int j = 0;
        for (; j + 3 < rows.size(); j += 4) {
            add4(
                    v,
                    rows.start(j) + offset,
                    scales[j],
                    rows.start(j + 1) + offset,
                    scales[j + 1],
                    rows.start(j + 2) + offset,
                    scales[j + 2],
                    rows.start(j + 3) + offset,
                    scales[j + 3],
                    out,
                    0,
                    length);
        }
        for (; j < rows.size(); j++) {
            add(scales[j], v, rows.start(j) + offset, out, 0, length);
        }
    }

    @Override
    public void addOuter(RowSet rows, int offset, float[] out, int length) {
        float[] v = rows.values();
        int j = 0;
        for (; j + 3 < rows.size(); j += 4) {
            int r0 = rows.start(j) + offset;
            int r1 = rows.start(j + 1) + offset;
            int r2 = rows.start(j + 2) + offset;
            int r3 = rows.start(j + 3) + offset;
            for (int a = 0; a < length; a++) {
                int b = a / LANES * LANES;
                add4(
                        v,
                        r0 + b,
                        v[r0 + a],
                        r1 + b,
                        v[r1 + a],
                        r2 + b,
                        v[r2 + a],
                        r3 + b,
                        v[r3 + a],
                        out,
                        a * length + b,
                        length - b);
            }
        }
        for (; j < rows.size(); j++) {
            int r = rows.start(j) + offset;
            for (int a = 0; a < length; a++) {
                int b = a / LANES * LANES;
                add(v[r + a], v, r + b, out, a * length + b, length - b);
            }
        }
    }
}
