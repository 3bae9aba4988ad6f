package dev.milvuso.trainer.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the measures of one user after the other. */
final class QualitySums {
    private final int k;
    private final Map<String, Long> popularity;
    private final long trainingUsers;
    private final Map<String, Integer> listed = new HashMap<>();
    private double hr;
    private double ndcg;
    private double precision;
    private double recall;
    private double map;
    private double mrr;
    private double novelty;
    private int users;
    private long shown;

    QualitySums(int k, Map<String, Long> popularity, long trainingUsers) {
        this.k = k;
        this.popularity = popularity;
        this.trainingUsers = trainingUsers;
    }

    /** @param hits how surely the item at each rank is relevant, 0 to 1, best rank first */
    void add(double[] hits, int relevant) {
        double found = 0;
        double gain = 0;
        double averagePrecision = 0;
        double first = 0;
        for (int rank = 0; rank < Math.min(k, hits.length); rank++) {
            gain += hits[rank] / log2(rank + 2);
            if (hits[rank] > 0 && first == 0) {
                first = hits[rank] / (rank + 1);
            }
            found += hits[rank];
            averagePrecision += hits[rank] * found / (rank + 1);
        }
        double ideal = 0;
        for (int rank = 0; rank < Math.min(k, relevant); rank++) {
            ideal += 1 / log2(rank + 2);
        }
        users++;
        hr += found > 0 ? Math.min(1, found) : 0;
        ndcg += gain / ideal;
        precision += found / k;
        recall += found / relevant;
        map += averagePrecision / Math.min(k, relevant);
        mrr += first;
    }

    void list(List<String> items) {
        for (String item : items) {
            listed.merge(item, 1, Integer::sum);
            double share = Math.max(1, popularity.getOrDefault(item, 0L)) / (double) Math.max(1, trainingUsers);
            novelty += -log2(Math.min(1, share));
            shown++;
        }
    }

    Quality mean(String protocol, int catalogue, double seconds) {
        double n = Math.max(1, users);
        double same =
                listed.values().stream().mapToDouble(c -> (double) c * (c - 1)).sum();
        double diversity = users < 2 ? 0 : 1 - same / ((double) users * (users - 1) * k);
        return new Quality(
                protocol,
                k,
                users,
                hr / n,
                ndcg / n,
                precision / n,
                recall / n,
                map / n,
                mrr / n,
                listed.size() / (double) Math.max(1, catalogue),
                diversity,
                novelty / Math.max(1, shown),
                seconds);
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
