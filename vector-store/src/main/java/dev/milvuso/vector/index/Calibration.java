package dev.milvuso.vector.index;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which reach gives which recall, measured: rows are drawn as queries, each one's true nearest found by reading all
 * lists, and searches repeated with one reach after the other.
 *
 * @param recalls in the mean, by reach
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Calibration(float[] recalls) {
    private static final float[] REACHES = {0, 0.5f, 1, 1.25f, 1.5f, 1.75f, 2, 2.25f, 2.5f, 2.75f, 3, 3.5f, 4, 5, 6, 8};
    private static final int QUERIES = 200;
    private static final int K = 10;

    /** Nothing measured yet. */
    static final Calibration NONE = new Calibration(new float[0]);

    static Calibration of(IvfIndex index, Rows rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] slots = rows.slots();
        int[] drawn = random.ints(QUERIES, 0, slots.length).map(i -> slots[i]).toArray();
        float[][] recalls = IntStream.of(drawn)
                .parallel()
                .mapToObj(slot -> recalls(index, rows, slot))
                .toArray(float[][]::new);
        float[] means = new float[REACHES.length];
        for (float[] one : recalls) {
            for (int i = 0; i < means.length; i++) {
                means[i] += one[i] / recalls.length;
            }
        }
        return new Calibration(means);
    }

    private static float[] recalls(IvfIndex index, Rows rows, int slot) {
        float[] recalls = new float[REACHES.length];
        float[] query = rows.get(slot);
        Selection others = other -> other != slot;
        for (int i = REACHES.length - 1; query != null && i >= 0; i--) {
            Found truth = i == REACHES.length - 1
                    ? index.search(query, K, others, new Effort(Float.POSITIVE_INFINITY, 100 * K))
                    : null;
            if (truth != null) {
                return recalls(index, query, others, truth, recalls);
            }
        }
        return recalls;
    }

    private static float[] recalls(IvfIndex index, float[] query, Selection others, Found truth, float[] recalls) {
        float least = truth.scores()[truth.scores().length - 1];
        for (int i = 0; i < REACHES.length; i++) {
            Found found = index.search(query, K, others, new Effort(REACHES[i], candidates(K, 0.95f)));
            int right = 0;
            for (float score : found.scores()) {
                right += score >= least ? 1 : 0;
            }
            recalls[i] = (float) right / truth.scores().length;
        }
        return recalls;
    }

    /** Rows to score exactly. */
    static int candidates(int k, float recall) {
        return recall > 0.97f ? 3 * k + 40 : 2 * k + 20;
    }

    /** Between the two reaches measured that have the recall between them; all lists, if none has it. */
    Effort effort(int k, float recall) {
        for (int i = 0; i < recalls.length; i++) {
            if (recalls[i] >= recall) {
                return new Effort(reach(i, recall), candidates(k, recall));
            }
        }
        return new Effort(Float.POSITIVE_INFINITY, candidates(k, 1));
    }

    private float reach(int i, float recall) {
        if (i == 0) {
            return REACHES[0];
        }
        float share = (recall - recalls[i - 1]) / (recalls[i] - recalls[i - 1]);
        return REACHES[i - 1] + share * (REACHES[i] - REACHES[i - 1]);
    }
}
