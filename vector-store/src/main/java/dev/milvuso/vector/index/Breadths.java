package dev.milvuso.vector.index;

import java.util.Arrays;

/**
 * Which breadth of a graph's search gives which recall, measured.
 *
 * @param recalls by breadth, as in {@link Calibration}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Breadths(float[] recalls) {
    static final Breadths NONE = new Breadths(new float[0]);

    private static final int[] TRIED = {10, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768};
    private static final float ENOUGH = 0.997f;
    private static final int K = 10;

    /** @param queries one at least */
    static Breadths of(HnswIndex index, float[][] queries) {
        Found[] truths = Arrays.stream(queries)
                .map(query -> index.exact(query, K, Selection.ALL))
                .toArray(Found[]::new);
        float[] recalls = new float[TRIED.length];
        float[] reached = new float[queries.length];
        for (int i = 0; i < TRIED.length; i++) {
            for (int q = 0; q < queries.length; q++) {
                Found found = index.search(queries[q], K, Selection.ALL, TRIED[i]);
                reached[q] = Calibration.recall(found, truths[q]);
            }
            recalls[i] = Calibration.sure(reached);
            if (recalls[i] >= ENOUGH) {
                return new Breadths(Arrays.copyOf(recalls, i + 1));
            }
        }
        return new Breadths(recalls);
    }

    /** As {@link Calibration#doubted}. */
    Breadths doubted(float times) {
        return new Breadths(Calibration.doubted(recalls, times));
    }

    boolean isMeasured() {
        return recalls.length > 0;
    }

    /** For another number of results than was measured, as many times more; the least that was measured at least. */
    int of(int k, float recall) {
        for (int i = 0; i < recalls.length; i++) {
            if (recalls[i] >= recall) {
                int less = i == 0 ? TRIED[0] : TRIED[i - 1];
                float before = i == 0 ? 0 : recalls[i - 1];
                float breadth = less + (TRIED[i] - less) * (recall - before) / (recalls[i] - before);
                return Math.max(Math.max(k, TRIED[0]), Math.round(breadth * k / K));
            }
        }
        return TRIED[TRIED.length - 1] * Math.max(1, k / K);
    }
}
