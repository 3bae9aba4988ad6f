package dev.milvuso.vector.embedded;

/** Sums over a row of a slab, always reduced in the same order, so that equal vectors get equal scores. */
final class Kernels {
    private Kernels() {}

    /** @return the inner product of the query, shape [d], and the d numbers of the slab from the offset on */
    static float dot(float[] query, float[] slab, int offset) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < query.length; i += 4) {
            a += query[i] * slab[offset + i];
            b += query[i + 1] * slab[offset + i + 1];
            c += query[i + 2] * slab[offset + i + 2];
            d += query[i + 3] * slab[offset + i + 3];
        }
        for (; i < query.length; i++) {
            a += query[i] * slab[offset + i];
        }
        return (a + b) + (c + d);
    }

    /** @return the squared distance of the query, shape [d], and the d numbers of the slab from the offset on */
    static float squaredDistance(float[] query, float[] slab, int offset) {
        float even = 0;
        float odd = 0;
        int i = 0;
        for (; i + 1 < query.length; i += 2) {
            float first = query[i] - slab[offset + i];
            float second = query[i + 1] - slab[offset + i + 1];
            even += first * first;
            odd += second * second;
        }
        if (i < query.length) {
            float last = query[i] - slab[offset + i];
            even += last * last;
        }
        return even + odd;
    }
}
