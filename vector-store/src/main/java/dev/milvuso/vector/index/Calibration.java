package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which reach gives which recall, measured: each query's true nearest are found by reading all lists, and searches
 * repeated with one reach after the other, until nearly all are found. What few queries tell is uncertain: a recall is
 * taken to be what they had in the mean less a standard error, so that it is kept rather than missed.
 *
 * @param recalls as they are surely had, by reach, as far as was measured
 * @param scored rows to score exactly for each ten results
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Calibration(float[] recalls, int scored) {
    private static final int K = 10;

    /** What 4 bits lose is then made good, where codes go by the distance itself. */
    private static final int SCORED = K + K / 2 + 5;

    /** Nothing measured yet. */
    static final Calibration NONE = new Calibration(new float[0], SCORED);

    private static final float[] REACHES = {
        0, 1, 1.5f, 2, 2.5f, 3, 3.25f, 3.5f, 3.75f, 4, 4.25f, 4.5f, 4.75f, 5, 5.5f, 6, 7, 8, 10, 12
    };
    private static final float ENOUGH = 0.997f;
    /** Rows scored exactly for the truth: what 4 bits lose is far within. */
    private static final int TRUTH = 10 * K;

    /** The same where the squared distance stands in for another one. */
    private static final int TRUTH_OF_STAND_IN = 1000 * K;

    /** Times as many that queries miss as their stand-ins do, with some to spare. */
    static final float DOUBT = 2;

    private static final int MOST_SCORED = 64 * SCORED;

    /** @param queries one at least */
    static Calibration of(IvfIndex index, float[][] queries, Selection selection) {
        boolean standsIn = index.similarity.hasStandIn();
        Effort all = new Effort(Float.POSITIVE_INFINITY, standsIn ? TRUTH_OF_STAND_IN : TRUTH);
        Found[] truths = Arrays.stream(queries)
                .map(query -> index.search(query, K, selection, all))
                .toArray(Found[]::new);
        int scored = standsIn ? scored(index, queries, selection, truths) : SCORED;
        float[] reached = new float[queries.length];
        float[] recalls = new float[REACHES.length];
        for (int i = 0; i < REACHES.length; i++) {
            Effort effort = new Effort(REACHES[i], scored);
            for (int q = 0; q < queries.length; q++) {
                // Who has found all finds all with more effort too.
                reached[q] = reached[q] == 1 ? 1 : recall(index.search(queries[q], K, selection, effort), truths[q]);
            }
            recalls[i] = sure(reached);
            if (recalls[i] >= ENOUGH) {
                return new Calibration(Arrays.copyOf(recalls, i + 1), scored);
            }
        }
        return new Calibration(recalls, scored);
    }

    /** How many it takes where the order of codes is only like the one that is asked for. */
    private static int scored(IvfIndex index, float[][] queries, Selection selection, Found[] truths) {
        int scored = SCORED;
        while (scored < MOST_SCORED) {
            Effort effort = new Effort(Float.POSITIVE_INFINITY, scored);
            float recall = 0;
            for (int q = 0; q < queries.length; q++) {
                recall += recall(index.search(queries[q], K, selection, effort), truths[q]) / queries.length;
            }
            if (recall >= ENOUGH) {
                break;
            }
            scored *= 2;
        }
        return scored;
    }

    /**
     * As if so many times as many had been missed: queries made of the rows themselves are easier than those that come.
     */
    Calibration doubted(float times) {
        return new Calibration(doubted(recalls, times), scored);
    }

    static float[] doubted(float[] recalls, float times) {
        float[] less = new float[recalls.length];
        for (int i = 0; i < less.length; i++) {
            less[i] = Math.max(0, 1 - times * (1 - recalls[i]));
        }
        return less;
    }

    /** The mean less its standard error; not below 0. */
    static float sure(float[] reached) {
        double mean = 0;
        double squares = 0;
        for (float each : reached) {
            mean += each / reached.length;
            squares += (double) each * each / reached.length;
        }
        double error = Math.sqrt(Math.max(0, squares - mean * mean) / reached.length);
        return (float) Math.max(0, mean - error);
    }

    static float recall(Found found, Found truth) {
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
    private int candidates(int k) {
        return Math.max(k + k / 2 + 5, (int) Math.min(Integer.MAX_VALUE / 4, (long) scored * k / K));
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

    private static double missed(float recall) {
        return Math.log(1 - Math.min(recall, ENOUGH));
    }

    private float reach(int i, float recall) {
        if (i == 0) {
            return REACHES[0];
        }
        // What is missed falls about exponentially with the reach.
        double from = missed(recalls[i - 1]);
        float share = (float) ((from - missed(recall)) / (from - missed(recalls[i])));
        return REACHES[i - 1] + share * (REACHES[i] - REACHES[i - 1]);
    }
}
