package dev.milvuso.vector.index;

import java.util.Arrays;

/** Which of many numbered scores are the best, in their order; made to be used again. */
final class Frontier {
    private static final int BUCKETS = 64;
    /** So few are put in order one by one. */
    private static final int FEW = 24;

    private static final IndexMath MATH = IndexMath.BEST;

    private final float[] maxima = new float[IndexMath.BLOCK];
    private final int[] ends = new int[BUCKETS];
    private int[] found = new int[0];
    private int[] order = new int[0];

    /**
     * At least so many of the best, if there are: those that exceed the wanted-th largest of 32 shares' maxima.
     *
     * @param scores padded to a multiple of 32 with {@link Float#NEGATIVE_INFINITY}, as are those that are not to be
     *     found
     * @param wanted 1 to 32
     * @return how many there are
     */
    int best(float[] scores, int count, int wanted) {
        MATH.maxima(scores, CodeBlocks.rounded(count), maxima);
        return above(scores, count, Math.nextDown(nth(wanted)));
    }

    /** The n-th largest of the maxima: by insertion, of which the first n are kept. */
    private float nth(int n) {
        for (int i = 1; i < maxima.length; i++) {
            float maximum = maxima[i];
            int at = Math.min(i, n);
            if (at == n && maxima[n - 1] >= maximum) {
                continue;
            }
            for (; at > 0 && maxima[at - 1] < maximum; at--) {
                if (at < n) {
                    maxima[at] = maxima[at - 1];
                }
            }
            maxima[at] = maximum;
        }
        return maxima[n - 1];
    }

    /** Those above a bar. @return how many there are */
    int above(float[] scores, int count, float bar) {
        int rounded = CodeBlocks.rounded(count);
        if (found.length < rounded) {
            found = new int[rounded + rounded / 2];
            order = new int[found.length];
        }
        int many = MATH.above(scores, 0, rounded, bar, found);
        if (many <= FEW) {
            insert(scores, many);
        } else {
            distribute(scores, many);
        }
        return many;
    }

    /** The number of the n-th best; roughly, where there are many. */
    int number(int n) {
        return order[n];
    }

    private void insert(float[] scores, int many) {
        for (int i = 0; i < many; i++) {
            int number = found[i];
            float score = scores[number];
            int at = i;
            for (; at > 0 && scores[order[at - 1]] < score; at--) {
                order[at] = order[at - 1];
            }
            order[at] = number;
        }
    }

    private void distribute(float[] scores, int many) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < many; i++) {
            least = Math.min(least, scores[found[i]]);
            most = Math.max(most, scores[found[i]]);
        }
        float by = (BUCKETS - 1) / Math.max(most - least, Float.MIN_NORMAL);
        Arrays.fill(ends, 0);
        for (int i = 0; i < many; i++) {
            ends[(int) ((most - scores[found[i]]) * by)]++;
        }
        int end = 0;
        for (int b = 0; b < BUCKETS; b++) {
            end += ends[b];
            ends[b] = end - ends[b];
        }
        for (int i = 0; i < many; i++) {
            order[ends[(int) ((most - scores[found[i]]) * by)]++] = found[i];
        }
    }
}
