package dev.milvuso.trainer.model;

import dev.milvuso.trainer.math.VectorMath;
import dev.milvuso.vector.Metric;

/** How near two rows are by each metric; larger is nearer. */
final class Nearness {
    /** What a squared length counts as at least, so that a row of zeros has a cosine of 0 with every other. */
    static final float LEAST_SQUARES = 1e-20f;

    private static final VectorMath MATH = VectorMath.BEST;

    private Nearness() {}

    static float of(Metric metric, float[] a, int aOffset, float[] b, int bOffset, int length) {
        return switch (metric) {
            case INNER_PRODUCT -> MATH.dot(a, aOffset, b, bOffset, length);
            case COSINE ->
                MATH.dot(a, aOffset, b, bOffset, length)
                        / root(MATH.dot(a, aOffset, a, aOffset, length))
                        / root(MATH.dot(b, bOffset, b, bOffset, length));
            case MANHATTAN -> throw new IllegalArgumentException("models have no metric " + metric.label());
            case EUCLIDEAN -> -squaredDistance(a, aOffset, b, bOffset, length);
        };
    }

    static float root(float squares) {
        return (float) Math.sqrt(Math.max(LEAST_SQUARES, squares));
    }

    /** Of the differences and not of three inner products, which would cancel where rows are near. */
    private static float squaredDistance(float[] a, int aOffset, float[] b, int bOffset, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            float d0 = a[aOffset + i] - b[bOffset + i];
            float d1 = a[aOffset + i + 1] - b[bOffset + i + 1];
            float d2 = a[aOffset + i + 2] - b[bOffset + i + 2];
            float d3 = a[aOffset + i + 3] - b[bOffset + i + 3];
            s0 = Math.fma(d0, d0, s0);
            s1 = Math.fma(d1, d1, s1);
            s2 = Math.fma(d2, d2, s2);
            s3 = Math.fma(d3, d3, s3);
        }
        for (; i < length; i++) {
            float d = a[aOffset + i] - b[bOffset + i];
            s0 = Math.fma(d, d, s0);
        }
        return (s0 + s2) + (s1 + s3);
    }
}
