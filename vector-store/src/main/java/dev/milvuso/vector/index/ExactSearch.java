package dev.milvuso.vector.index;

/**
 * The nearest of rows that are looked at one by one. They are scored some at a time: waiting for the memory of one is
 * then waiting for that of all. For one thread.
 */
final class ExactSearch {
    private static final int AT_ONCE = 32;

    private final Similarity similarity;
    private final Rows rows;
    private final float[] query;
    private final TopScores best;
    private final int[] slots = new int[AT_ONCE];
    private final float[][] found = new float[AT_ONCE][];
    private final float[] scores = new float[AT_ONCE];
    private int waiting;

    /** @param query as {@link Similarity#placed} */
    ExactSearch(Similarity similarity, Rows rows, float[] query, int k) {
        this.similarity = similarity;
        this.rows = rows;
        this.query = query;
        this.best = new TopScores(k);
    }

    /** Each slot once, whether it is empty or not. */
    void look(int slot) {
        float[] row = rows.get(slot);
        if (row != null) {
            slots[waiting] = slot;
            found[waiting++] = row;
            if (waiting == AT_ONCE) {
                score();
            }
        }
    }

    private void score() {
        for (int i = 0; i < waiting; i++) {
            scores[i] = similarity.score(query, found[i]);
        }
        for (int i = 0; i < waiting; i++) {
            best.offer(slots[i], scores[i]);
        }
        waiting = 0;
    }

    /** To be called once, at the end. */
    Found best() {
        score();
        return best.drain();
    }
}
