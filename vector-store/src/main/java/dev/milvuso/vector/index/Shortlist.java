package dev.milvuso.vector.index;

import java.util.Arrays;

/** The best n of what was offered, in no order: twice as many are kept, and halved when they are full. */
final class Shortlist {
    private int best;
    private float[] scores = new float[0];
    private int[] ids = new int[0];
    private int size;
    private float least;

    /**
     * Empties it.
     *
     * @param best how many are wanted, 1 or more
     */
    void reset(int best) {
        this.best = best;
        int capacity = 2 * best + 32;
        if (ids.length < capacity) {
            scores = new float[capacity];
            ids = new int[capacity];
        }
        size = 0;
        least = Float.NEGATIVE_INFINITY;
    }

    /** Scores up to here cannot be among the best. */
    float least() {
        return least;
    }

    /** @param score above {@link #least} */
    void offer(int id, float score) {
        scores[size] = score;
        ids[size++] = id;
        if (size == 2 * best + 32) {
            halve();
        }
    }

    private void halve() {
        select(best - 1);
        size = best;
        least = scores[best - 1];
    }

    /** Ends the offers. @return how many there are, at most as many as were wanted */
    int close() {
        if (size > best) {
            halve();
        }
        return size;
    }

    /** Of the n-th, once closed. */
    int id(int n) {
        return ids[n];
    }

    float score(int n) {
        return scores[n];
    }

    /** Once closed: by id. Scores lose their order. */
    void sortIds() {
        Arrays.sort(ids, 0, size);
    }

    /** Once closed: best first, by insertion; for a few. */
    void sortScores() {
        for (int i = 1; i < size; i++) {
            float score = scores[i];
            int id = ids[i];
            int at = i;
            for (; at > 0 && scores[at - 1] < score; at--) {
                scores[at] = scores[at - 1];
                ids[at] = ids[at - 1];
            }
            scores[at] = score;
            ids[at] = id;
        }
    }

    /** Hoare's selection: the n-th best comes to its place, none better behind it. */
    private void select(int n) {
        int from = 0;
        int to = size - 1;
        while (from < to) {
            float pivot = scores[(from + to) >>> 1];
            int i = from;
            int j = to;
            while (i <= j) {
                while (scores[i] > pivot) {
                    i++;
                }
                while (scores[j] < pivot) {
                    j--;
                }
                if (i <= j) {
                    swap(i++, j--);
                }
            }
            if (n <= j) {
                to = j;
            } else if (n >= i) {
                from = i;
            } else {
                return;
            }
        }
    }

    private void swap(int i, int j) {
        float score = scores[i];
        int id = ids[i];
        scores[i] = scores[j];
        ids[i] = ids[j];
        scores[j] = score;
        ids[j] = id;
    }
}
