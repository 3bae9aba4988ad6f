package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a series of lists was worth, each with the one item that its user took next. */
final class ListMeasures {
    private final Map<String, Set<String>> tags;
    private final Map<String, Integer> actions = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    private long allActions;
    private int lists;
    private int hits;
    private double ndcg;
    private double ndcgSquares;
    private double diversity;
    private double novelty;

    /** @param tags of every item of the catalogue */
    ListMeasures(Map<String, Set<String>> tags) {
        this.tags = tags;
    }

    void actedOn(String item) {
        actions.merge(item, 1, Integer::sum);
        allActions++;
    }

    void add(List<String> list, String next) {
        lists++;
        int rank = list.indexOf(next);
        double gain = rank < 0 ? 0 : 1 / log2(rank + 2);
        hits += rank < 0 ? 0 : 1;
        ndcg += gain;
        ndcgSquares += gain * gain;
        shown.addAll(list);
        diversity += distance(list);
        novelty += list.stream()
                .mapToDouble(item -> -log2((actions.getOrDefault(item, 0) + 1.0) / (allActions + tags.size())))
                .average()
                .orElse(0);
    }

    ObjectNode row(String name) {
        double mean = ndcg / lists;
        return Site.JSON
                .createObjectNode()
                .put("name", name)
                .put("lists", lists)
                .put("ndcg_at_10", mean)
                .put("standard_error", Math.sqrt((ndcgSquares / lists - mean * mean) / lists))
                .put("hr_at_10", (double) hits / lists)
                .put("coverage", (double) shown.size() / tags.size())
                .put("diversity", diversity / lists)
                .put("novelty_bits", novelty / lists);
    }

    /** Mean of the Jaccard distances of the tags of any two. */
    private double distance(List<String> list) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < list.size(); i++) {
            for (int j = 0; j < i; j++) {
                sum += distance(tags.getOrDefault(list.get(i), Set.of()), tags.getOrDefault(list.get(j), Set.of()));
                pairs++;
            }
        }
        return pairs == 0 ? 0 : sum / pairs;
    }

    private static double distance(Set<String> one, Set<String> other) {
        Set<String> union = new HashSet<>(one);
        union.addAll(other);
        long common = one.stream().filter(other::contains).count();
        return union.isEmpty() ? 0 : 1 - common / (double) union.size();
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
