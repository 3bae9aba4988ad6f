package dev.milvuso.trainer.evaluation;

import dev.milvuso.trainer.batch.TrainedModel;

/** Adds up the measures of many users. */
final class EvaluationSums {
    private final int k;
    private final ListedItems listed;
    private double hr;
    private double ndcg;
    private double precision;
    private double recall;
    private double averagePrecision;
    private double reciprocalRank;
    private double users;
    private double auc;
    private int separable;
    private int unknownUsers;
    private int unknownItems;

    /** @param usersOfItems how many training users have chosen each item, shape [catalogue] */
    EvaluationSums(TrainedModel model, int[] usersOfItems, int k) {
        this.k = k;
        this.listed = new ListedItems(model, usersOfItems);
    }

    /** @param share how much of a user this is, 0 to 1 */
    void add(ListMeasures list, double share) {
        users += share;
        hr += share * list.hr();
        ndcg += share * list.ndcg();
        precision += share * list.precision();
        recall += share * list.recall();
        averagePrecision += share * list.averagePrecision();
        reciprocalRank += share * list.reciprocalRank();
    }

    /** @param items numbers of the listed items; -1 is one that the model does not know */
    void addList(int[] items) {
        listed.add(items);
    }

    /** @param value NaN for a user with nothing to compare, who does not count */
    void addAuc(double value) {
        if (!Double.isNaN(value)) {
            auc += value;
            separable++;
        }
    }

    /** @param items held-out items of this user that the model does not know */
    void addUnknown(boolean user, int items) {
        unknownUsers += user ? 1 : 0;
        unknownItems += items;
    }

    void add(EvaluationSums other) {
        users += other.users;
        hr += other.hr;
        ndcg += other.ndcg;
        precision += other.precision;
        recall += other.recall;
        averagePrecision += other.averagePrecision;
        reciprocalRank += other.reciprocalRank;
        auc += other.auc;
        separable += other.separable;
        unknownUsers += other.unknownUsers;
        unknownItems += other.unknownItems;
        listed.add(other.listed);
    }

    EvaluationResult mean(String protocol, double seconds) {
        double n = Math.max(1, users);
        return new EvaluationResult(
                protocol,
                k,
                (int) Math.round(users),
                unknownUsers,
                unknownItems,
                hr / n,
                ndcg / n,
                precision / n,
                recall / n,
                averagePrecision / n,
                reciprocalRank / n,
                auc / Math.max(1, separable),
                listed.coverage(),
                listed.diversity(k),
                listed.intraListDiversity(),
                listed.novelty(),
                listed.averagePopularity(),
                listed.gini(),
                seconds);
    }
}
