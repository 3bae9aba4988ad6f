package dev.milvuso.vector.index;

import java.util.Arrays;

/** The best n of what was offered, in no order: three times as many are kept, and cut when they are full. */
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
        size = 0;
        least = Float.NEGATIVE_INFINITY;
        widen(best);
    }

    /** Wants more from now on; what did not count until now stays away. */
    void widen(int best) {
        this.best = best;
        int capacity = 3 * best + 32;
        if (ids.length < capacity) {
            scores = Arrays.copyOf(scores, capacity + capacity / 2);
            ids = Arrays.copyOf(ids, scores.length);
        }
    }

    /** Scores up to here cannot be among the best. */
    float least() {
        return least;
    }

    /** @param score above {@link #least} */
    void offer(int id, float score) {
        scores[size] = score;
        ids[size++] = id;
        if (size == 3 * best + 32) {
            cut();
        }
    }

    private void cut() {
        select(best - 1);
        size = best;
        least = scores[best - 1];
    }

    /** Ends the offers. @return how many there are, at most as many as were wanted */
    int close() {
        if (size > best) {
            cut();
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

    /** Quickselect: the n-th best comes to its place, none better behind it. */
    private void select(int n) {
        int from = 0;
        int to = size - 1;
        while (from < to) {
            int middle = partition(from, to);
            if (n < middle) {
                to = middle - 1;
            } else if (n > middle) {
                from = middle - from > (to - from) / 16 ? middle + 1 : behindEqual(middle, to);
            } else {
                return;
            }
        }
    }

    /** Of many equal scores a partition takes but one away: here all go. @return the first behind them */
    private int behindEqual(int middle, int to) {
        float pivot = scores[middle];
        int at = middle + 1;
        for (int i = at; i <= to; i++) {
            if (scores[i] == pivot) {
                swap(i, at++);
            }
        }
        return at;
    }

    /** Around the middle one of three; without a branch that depends on a score, since none could be foretold. */
    private int partition(int from, int to) {
        swap(middle(from, (from + to) >>> 1, to), to);
        float pivot = scores[to];
        int at = from;
        for (int i = from; i < to; i++) {
            float score = scores[i];
            int id = ids[i];
            scores[i] = scores[at];
            ids[i] = ids[at];
            scores[at] = score;
            ids[at] = id;
            at += score > pivot ? 1 : 0;
        }
        swap(at, to);
        return at;
    }

    private int middle(int i, int j, int k) {
        float a = scores[i];
        float b = scores[j];
        float c = scores[k];
        if (a > b) {
            return b > c ? j : a > c ? k : i;
        }
        return a > c ? i : b > c ? k : j;
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
