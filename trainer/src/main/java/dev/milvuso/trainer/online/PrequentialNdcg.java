package dev.milvuso.trainer.online;

import dev.milvuso.trainer.evaluation.ListMeasures;
import dev.milvuso.trainer.evaluation.Scorer;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.sampling.NegativeSampler;
import java.util.SplittableRandom;

/**
 * How well the model ranks what users choose next, asked before it learns from it (test-then-train: Gama, Sebastião and
 * Rodrigues, "On evaluating stream learning algorithms", Machine Learning 90, 2013): NDCG@10 of the chosen item among
 * up to 99 others drawn uniformly, those that score alike counting half, as a fading average over about a thousand
 * positives. A user or an item that is new scores 0.
 */
final class PrequentialNdcg {
    private static final int LIST = 10;
    private static final int NEGATIVES = 99;
    private static final double FADING = 0.001;

    private final NegativeSampler sampler;
    private long ranked;
    private volatile double mean = Double.NaN;

    PrequentialNdcg(long seed) {
        sampler = new NegativeSampler(NEGATIVES, new SplittableRandom(seed));
    }

    /** Ranks a positive. Returns its NDCG; NaN as long as there is nothing to rank it among. */
    double rank(FactorModel model, String userId, String itemId) {
        int items = model.items().size();
        if (items < 2) {
            return Double.NaN;
        }
        Scorer scorer = Scorer.of(model);
        int user = model.users().find(userId);
        int item = model.items().find(itemId);
        double own = scorer.score(user, item);
        int halves = 0;
        for (int n = Math.min(NEGATIVES, items - 1); n > 0; n--) {
            double score = scorer.score(user, sampler.draw(items, item));
            halves += score > own ? 2 : score == own ? 1 : 0;
        }
        double ndcg = (gain(1 + halves / 2) + gain(1 + (halves + 1) / 2)) / 2;
        add(ndcg);
        return ndcg;
    }

    private static double gain(int rank) {
        return rank > LIST ? 0 : ListMeasures.discount(rank);
    }

    private void add(double ndcg) {
        ranked++;
        double share = Math.max(FADING, 1.0 / ranked);
        mean = ranked == 1 ? ndcg : mean + share * (ndcg - mean);
    }

    /** 0 to 1; NaN before the first. */
    double mean() {
        return mean;
    }
}
