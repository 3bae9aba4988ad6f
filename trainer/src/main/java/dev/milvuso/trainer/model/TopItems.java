package dev.milvuso.trainer.model;

import java.util.Arrays;

/** Keeps the best k of the items offered; of two that score alike, the lower number is better. */
public final class TopItems {
    private final int[] items;
    private final double[] scores;
    private int size;

    /** @param k at least 1 */
    public TopItems(int k) {
        items = new int[k];
        scores = new double[k];
    }

    /** Offers an item; each at most once. */
    public void offer(int item, double score) {
        if (size < items.length) {
            size++;
        } else if (!before(item, score, size - 1)) {
            return;
        }
        int place = size - 1;
        while (place > 0 && before(item, score, place - 1)) {
            items[place] = items[place - 1];
            scores[place] = scores[place - 1];
            place--;
        }
        items[place] = item;
        scores[place] = score;
    }

    private boolean before(int item, double score, int place) {
        return score > scores[place] || (score == scores[place] && item < items[place]);
    }

    /** The kept items, best first, shape [at most k]. */
    public int[] items() {
        return Arrays.copyOf(items, size);
    }

    public double score(int place) {
        return scores[place];
    }

    /** Forgets everything. */
    public void clear() {
        size = 0;
    }
}
