package dev.milvuso.vector.embedded;

/** Sums over two vectors, always reduced in the same order, so that equal vectors get equal scores. */
final class Kernels {
    private Kernels() {}

    /** @return the inner product of two vectors, shape [d] each */
    static float dot(float[] query, float[] row) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < query.length; i += 4) {
            a += query[i] * row[i];
            b += query[i + 1] * row[i + 1];
            c += query[i + 2] * row[i + 2];
            d += query[i + 3] * row[i + 3];
        }
        for (; i < query.length; i++) {
            a += query[i] * row[i];
        }
        return (a + b) + (c + d);
    }

    /** @return the squared distance of two vectors, shape [d] each */
    static float squaredDistance(float[] query, float[] row) {
        float even = 0;
        float odd = 0;
        int i = 0;
        for (; i + 1 < query.length; i += 2) {
            float first = query[i] - row[i];
            float second = query[i + 1] - row[i + 1];
            even += first * first;
            odd += second * second;
        }
        if (i < query.length) {
            float last = query[i] - row[i];
            even += last * last;
        }
        return even + odd;
    }
}
