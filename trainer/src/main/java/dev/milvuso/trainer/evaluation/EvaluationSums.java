package dev.milvuso.trainer.evaluation;

/** Adds up the measures of many users. */
final class EvaluationSums {
    private final int k;
    private final int[] usersOfItems;
    private final int trainingUsers;
    private final int[] listed;
    private double hr;
    private double ndcg;
    private double precision;
    private double recall;
    private double averagePrecision;
    private double reciprocalRank;
    private double novelty;
    private double users;
    private long shown;
    private int unknownUsers;
    private int unknownItems;

    /** @param usersOfItems how many training users have chosen each item, shape [catalogue] */
    EvaluationSums(int k, int[] usersOfItems, int trainingUsers) {
        this.k = k;
        this.usersOfItems = usersOfItems;
        this.trainingUsers = trainingUsers;
        this.listed = new int[usersOfItems.length];
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
        for (int item : items) {
            int choosers = 0;
            if (item >= 0) {
                listed[item]++;
                choosers = usersOfItems[item];
            }
            // An item that nobody has chosen counts as chosen by one, or its surprise would have no bound.
            novelty += Math.log((double) trainingUsers / Math.max(1, choosers)) / Math.log(2);
            shown++;
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
        novelty += other.novelty;
        shown += other.shown;
        unknownUsers += other.unknownUsers;
        unknownItems += other.unknownItems;
        for (int item = 0; item < listed.length; item++) {
            listed[item] += other.listed[item];
        }
    }

    EvaluationResult mean(String protocol, double seconds) {
        double n = Math.max(1, users);
        double common = 0;
        int covered = 0;
        for (int times : listed) {
            common += (double) times * (times - 1);
            covered += times > 0 ? 1 : 0;
        }
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
                covered / (double) Math.max(1, listed.length),
                users < 2 ? 0 : 1 - common / (users * (users - 1) * k),
                novelty / Math.max(1, shown),
                seconds);
    }
}
