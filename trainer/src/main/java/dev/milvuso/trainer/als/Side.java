package dev.milvuso.trainer.als;

import dev.milvuso.trainer.data.Histories;

/**
 * Users or items: their vectors, and with whom each was observed.
 *
 * @param observed by row, the numbers of the other side's rows
 * @param ridges shape [rows], what a row's square is weighed with
 * @param fixed the number of every row that keeps its value, or −1
 */
record Side(Factors factors, Histories observed, float[] ridges, int fixed) {
    /**
     * Ridges by how often a row was observed (Rendle et al., Revisiting the Performance of iALS on Item Recommendation
     * Benchmarks, 2021).
     */
    static float[] ridges(Histories observed, int others, double alpha, double regularization, double exponent) {
        float[] ridges = new float[observed.users()];
        for (int row = 0; row < ridges.length; row++) {
            int count = observed.offsets()[row + 1] - observed.offsets()[row];
            ridges[row] = (float) (regularization * StrictMath.pow(count + alpha * others, exponent));
        }
        return ridges;
    }

    /** The same observations seen from the other side. */
    static Histories transposed(Histories observed, int others) {
        int[] next = new int[others + 1];
        for (int item : observed.items()) {
            next[item + 1]++;
        }
        for (int item = 0; item < others; item++) {
            next[item + 1] += next[item];
        }
        int[] offsets = next.clone();
        int[] rows = new int[observed.items().length];
        for (int row = 0; row < observed.users(); row++) {
            // Rows come in order, so that nothing is left to sort.
            place(observed, row, next, rows);
        }
        return new Histories(offsets, rows);
    }

    private static void place(Histories observed, int row, int[] next, int[] rows) {
        for (int i = observed.offsets()[row]; i < observed.offsets()[row + 1]; i++) {
            rows[next[observed.items()[i]]++] = row;
        }
    }

    /** Σ ridge · ‖row‖². */
    double penalty() {
        double penalty = 0;
        float[] values = factors.values();
        for (int row = 0; row < factors.rows(); row++) {
            double square = 0;
            for (int i = factors.start(row); i < factors.start(row) + factors.stride(); i++) {
                square += values[i] * values[i];
            }
            penalty += ridges[row] * square;
        }
        return penalty;
    }

    /** The most rows of the other side that one row was observed with. */
    int most() {
        int most = 0;
        for (int row = 0; row < observed.users(); row++) {
            most = Math.max(most, observed.offsets()[row + 1] - observed.offsets()[row]);
        }
        return most;
    }
}
