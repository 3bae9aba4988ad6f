package dev.milvuso.trainer.evaluation;

import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.PositivePairs;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where each test pair's item stands among all that its user does not have in the training data.
 *
 * @param above candidates that score higher, equal ones counting half, shape [test pairs]; all of them for an item that
 *     the model does not know
 * @param candidates without the item itself, shape [test pairs]
 */
public record Standings(double[] above, int[] candidates) {
    private static final int OTHERS = 99;
    private static final int LIST = 10;

    /** HR@10 and NDCG@10 of each test pair, shape [test pairs]. */
    public record Gains(double[] hr, double[] ndcg) {
        /** Nothing gained at all. */
        public static Gains none(int pairs) {
            return new Gains(new double[pairs], new double[pairs]);
        }

        public double meanHr() {
            return Arrays.stream(hr).average().orElse(0);
        }

        public double meanNdcg() {
            return Arrays.stream(ndcg).average().orElse(0);
        }
    }

    /** By the model's own scores; a user whom it does not know gets the popular list. */
    public static Standings of(TrainedModel model, PositivePairs test) {
        int[] popularity =
                model.histories().usersOfItems(model.factors().items().size());
        double[] above = new double[test.size()];
        int[] candidates = new int[test.size()];
        IntStream.range(0, test.size()).parallel().forEach(pair -> {
            int user = model.factors().users().find(test.userIds().get(test.user(pair)));
            int item = model.factors().items().find(test.itemIds().get(test.item(pair)));
            Scorer scorer = user < 0 ? Scorer.popularity(popularity) : Scorer.of(model.factors());
            double own = scorer.score(user, item);
            long halves = 0;
            for (int other = 0; other < popularity.length; other++) {
                if (other != item && !(user >= 0 && model.histories().contains(user, other))) {
                    double score = scorer.score(user, other);
                    halves += item < 0 || score > own ? 2 : score == own ? 1 : 0;
                    candidates[pair]++;
                }
            }
            above[pair] = halves / 2.0;
        });
        return new Standings(above, candidates);
    }

    /** Of lists from the whole catalogue; a rank between two whole ones counts half for each. */
    public Gains inCatalogue() {
        double[] hr = new double[above.length];
        double[] ndcg = new double[above.length];
        for (int pair = 0; pair < above.length; pair++) {
            for (int rank : new int[] {(int) Math.floor(above[pair]) + 1, (int) Math.ceil(above[pair]) + 1}) {
                hr[pair] += rank <= LIST ? 0.5 : 0;
                ndcg[pair] += rank <= LIST ? 0.5 * ListMeasures.discount(rank) : 0;
            }
        }
        return new Gains(hr, ndcg);
    }

    /**
     * What leave-one-out among 99 random candidates comes to on average over all that could be drawn, so that chance
     * plays no part: how many of 99 stand above the item follows a binomial distribution.
     */
    public Gains amongRandom() {
        double[] hr = new double[above.length];
        double[] ndcg = new double[above.length];
        for (int pair = 0; pair < above.length; pair++) {
            double share = above[pair] / Math.max(1, candidates[pair]);
            double probability = Math.pow(1 - share, OTHERS);
            for (int rank = 1; rank <= LIST && share < 1; rank++) {
                hr[pair] += probability;
                ndcg[pair] += probability * ListMeasures.discount(rank);
                probability *= (OTHERS - rank + 1) / (double) rank * share / (1 - share);
            }
        }
        return new Gains(hr, ndcg);
    }
}
