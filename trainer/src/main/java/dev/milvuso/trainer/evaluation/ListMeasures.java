package dev.milvuso.trainer.evaluation;

/**
 * How good one list of k is.
 *
 * @param hr 1 if any relevant item is in it, else 0
 * @param ndcg Σ 1/log2(rank + 1) over the hits, ranks from 1, divided by what the best possible list has
 * @param precision hits / k
 * @param recall hits / relevant items
 * @param averagePrecision mean, over min(k, relevant items), of the precision at every hit's rank
 * @param reciprocalRank 1 / the first hit's rank, 0 without a hit
 */
public record ListMeasures(
        double hr, double ndcg, double precision, double recall, double averagePrecision, double reciprocalRank) {
    /**
     * Measures a list.
     *
     * @param hits whether the item at each rank is relevant, best rank first, shape [at most k]
     * @param relevant how many relevant items there are in all, at least 1
     */
    static ListMeasures of(boolean[] hits, int relevant, int k) {
        int found = 0;
        int first = 0;
        double gain = 0;
        double precisions = 0;
        for (int rank = 1; rank <= hits.length; rank++) {
            if (hits[rank - 1]) {
                found++;
                first = first == 0 ? rank : first;
                gain += discount(rank);
                precisions += (double) found / rank;
            }
        }
        double ideal = 0;
        int possible = Math.min(k, relevant);
        for (int rank = 1; rank <= possible; rank++) {
            ideal += discount(rank);
        }
        return new ListMeasures(
                found > 0 ? 1 : 0,
                gain / ideal,
                (double) found / k,
                (double) found / relevant,
                precisions / possible,
                first == 0 ? 0 : 1.0 / first);
    }

    /** The list in which the one relevant item stands at this rank, from 1. */
    static ListMeasures ofOne(int rank, int k) {
        boolean[] hits = new boolean[k];
        if (rank <= k) {
            hits[rank - 1] = true;
        }
        return of(hits, 1, k);
    }

    /** What a hit counts at a rank from 1 on, in proportion to one at rank 1. */
    public static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 1);
    }
}
