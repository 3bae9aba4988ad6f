package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which reach gives which recall, measured: each query's true nearest are found by reading all lists, and searches
 * repeated with one reach after the other, until nearly all are found.
 *
 * @param recalls in the mean, by reach, as far as was measured
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Calibration(float[] recalls) {
    /** Nothing measured yet. */
    static final Calibration NONE = new Calibration(new float[0]);

    private static final float[] REACHES = {
        0, 1, 1.5f, 2, 2.5f, 3, 3.25f, 3.5f, 3.75f, 4, 4.25f, 4.5f, 4.75f, 5, 5.5f, 6, 7, 8, 10, 12
    };
    private static final float ENOUGH = 0.997f;
    private static final int K = 10;

    /** @param queries one at least */
    static Calibration of(IvfIndex index, float[][] queries, Selection selection) {
        Found[] truths = found(index, queries, selection, new Effort(Float.POSITIVE_INFINITY, 40 * K));
        float[] recalls = new float[REACHES.length];
        for (int i = 0; i < REACHES.length; i++) {
            Found[] found = found(index, queries, selection, new Effort(REACHES[i], candidates(K)));
            recalls[i] = (float) IntStream.range(0, queries.length)
                    .mapToDouble(q -> recall(found[q], truths[q]))
                    .average()
                    .orElse(0);
            if (recalls[i] >= ENOUGH) {
                return new Calibration(Arrays.copyOf(recalls, i + 1));
            }
        }
        return new Calibration(recalls);
    }

    private static Found[] found(IvfIndex index, float[][] queries, Selection selection, Effort effort) {
        return Arrays.stream(queries)
                .map(query -> index.search(query, K, selection, effort))
                .toArray(Found[]::new);
    }

    private static float recall(Found found, Found truth) {
        int count = truth.scores().length;
        if (count == 0) {
            return 1;
        }
        int right = 0;
        for (float score : found.scores()) {
            right += score >= truth.scores()[count - 1] ? 1 : 0;
        }
        return (float) Math.min(right, count) / count;
    }

    /**
     * Stand-ins for queries while none has come: sums of one to three rows, since those who ask often lie between what
     * they look for. By inner product and cosine their length does not matter; by distance they are means.
     */
    static float[][] standIns(Rows rows, int dimension, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] slots = rows.slots();
        float[][] queries = new float[count][dimension];
        for (int i = 0; i < count && slots.length > 0; i++) {
            int parts = 1 + i % 3;
            for (int part = 0; part < parts; part++) {
                float[] row = rows.get(slots[random.nextInt(slots.length)]);
                for (int j = 0; row != null && j < dimension; j++) {
                    queries[i][j] += row[j] / parts;
                }
            }
        }
        return queries;
    }

    /** Rows to score exactly. */
    static int candidates(int k) {
        return k + k / 2 + 5;
    }

    /** Between the two reaches measured that have the recall between them; all lists, if none has it. */
    Effort effort(int k, float recall) {
        for (int i = 0; i < recalls.length; i++) {
            if (recalls[i] >= recall) {
                return new Effort(reach(i, recall), candidates(k));
            }
        }
        return new Effort(Float.POSITIVE_INFINITY, 2 * candidates(k));
    }

    private float reach(int i, float recall) {
        if (i == 0) {
            return REACHES[0];
        }
        float share = (recall - recalls[i - 1]) / (recalls[i] - recalls[i - 1]);
        return REACHES[i - 1] + share * (REACHES[i] - REACHES[i - 1]);
    }
}
