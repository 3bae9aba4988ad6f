package dev.milvuso.trainer.replay;

import java.util.function.IntPredicate;

/** HR@10 and NDCG@10 over some events; 0 where there are none. */
record Means(long ranked, double hr, double ndcg) {
    static Means of(Ranks ranks, int from, int to, IntPredicate which) {
        long ranked = 0;
        double hits = 0;
        double gains = 0;
        for (int event = from; event < to; event++) {
            if (ranks.has(event) && which.test(event)) {
                ranked++;
                hits += ranks.hit(event);
                gains += ranks.gain(event);
            }
        }
        return new Means(ranked, hits / Math.max(1, ranked), gains / Math.max(1, ranked));
    }
}
