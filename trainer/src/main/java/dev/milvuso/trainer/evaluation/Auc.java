package dev.milvuso.trainer.evaluation;

import java.util.Arrays;

/**
 * The area under the ROC curve of one user: the share of pairs of a wanted and another candidate in which the wanted
 * one scores higher, equal scores counting half (Mann and Whitney, 1947). Candidates are offered one by one.
 */
final class Auc {
    private final double[] wanted;
    private final int unknown;
    private long candidates;
    private long halves;

    /**
     * @param wanted scores of the wanted items; they must be offered as candidates too
     * @param unknown wanted items that cannot be scored: they stand below all others
     */
    Auc(double[] wanted, int unknown) {
        this.wanted = wanted.clone();
        this.unknown = unknown;
        Arrays.sort(this.wanted);
    }

    void offer(double score) {
        candidates++;
        int upTo = firstNotBelow(score);
        int same = upTo;
        while (same < wanted.length && wanted[same] == score) {
            same++;
        }
        halves += 2L * (wanted.length - same) + (same - upTo);
    }

    private int firstNotBelow(double score) {
        int from = 0;
        int to = wanted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (wanted[middle] < score) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** 0 to 1; NaN if there is nothing but what is wanted, or nothing wanted. */
    double value() {
        long known = wanted.length;
        // Each two wanted ones, and each with itself, have been counted as a half in sum: r² / 2 pairs.
        double right = halves / 2.0 - known * known / 2.0;
        long pairs = (known + unknown) * (candidates - known);
        return pairs == 0 ? Double.NaN : right / pairs;
    }
}
