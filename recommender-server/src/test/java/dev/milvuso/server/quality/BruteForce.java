package dev.milvuso.server.quality;

import dev.milvuso.action.Action;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The definitions of {@link QualityReport} again, over a whole log at once, without any cleverness. */
final class BruteForce {
    /** A list and everything that followed it. */
    record Seen(ServedList list, Map<ItemId, Set<String>> hits, Set<ItemId> misses) {}

    private final List<Seen> seen = new ArrayList<>();
    private final int k;

    BruteForce(List<UserEvent> log, long window, int k) {
        this.k = k;
        for (UserEvent event : log) {
            if (event instanceof ServedList list) {
                seen.add(new Seen(list, new HashMap<>(), new HashSet<>()));
            } else if (event instanceof Action action) {
                follow(action, window);
            }
        }
    }

    private void follow(Action action, long window) {
        Seen latest = null;
        for (int i = seen.size() - 1; i >= 0; i--) {
            Seen each = seen.get(i);
            long after =
                    action.timestamp().toEpochMilli() - each.list().timestamp().toEpochMilli();
            boolean mine = each.list().userId().equals(action.userId()) && after <= window && after >= 0;
            boolean named = action.requestId().isEmpty()
                    || action.requestId().get().equals(each.list().requestId());
            if (mine && named) {
                boolean shows = each.list().items().stream()
                        .anyMatch(shown -> shown.itemId().equals(action.itemId()));
                if (shows) {
                    each.hits()
                            .computeIfAbsent(action.itemId(), unused -> new HashSet<>())
                            .addAll(kinds(action));
                    return;
                }
                latest = latest == null ? each : latest;
            }
        }
        if (latest != null && kinds(action).contains("favour")) {
            latest.misses().add(action.itemId());
        }
    }

    private static Set<String> kinds(Action action) {
        return switch (action.type()) {
            case "Click" -> Set.of("click", "favour");
            case "Purchase" -> Set.of("conversion", "favour");
            case "Like", "View" -> Set.of("favour");
            case "Dislike", "Skip" -> Set.of("against");
            case "Rate" -> Set.of(action.value().orElseThrow() < 3 ? "against" : "favour");
            default -> Set.of();
        };
    }

    /** Items shown in lists that fit, and those of them that were followed by the kind of action. */
    double rate(String kind, Predicate<ServedList> lists, BiPredicate<ServedList, Integer> items) {
        double shown = 0;
        double followed = 0;
        for (Seen each : seen) {
            for (int i = 0; lists.test(each.list()) && i < each.list().items().size(); i++) {
                if (items.test(each.list(), i)) {
                    shown++;
                    followed += has(each, i, kind) ? 1 : 0;
                }
            }
        }
        return followed / shown;
    }

    private static boolean has(Seen each, int position, String kind) {
        return each.hits()
                .getOrDefault(each.list().items().get(position).itemId(), Set.of())
                .contains(kind);
    }

    /** Mean of a measure over the lists that fit; NaN is left out. */
    double mean(Predicate<ServedList> lists, ToDoubleFunction<Seen> measure) {
        return seen.stream()
                .filter(each -> lists.test(each.list()))
                .mapToDouble(measure)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private int relevant(Seen each) {
        int listed = 0;
        for (int i = 0; i < each.list().items().size(); i++) {
            listed += has(each, i, "favour") ? 1 : 0;
        }
        return listed + each.misses().size();
    }

    private static boolean any(ServedList list, int position) {
        return true;
    }

    private int hits(Seen each, int top, BiPredicate<ServedList, Integer> items) {
        int hits = 0;
        for (int i = 0; i < Math.min(top, each.list().items().size()); i++) {
            hits += items.test(each.list(), i) && has(each, i, "favour") ? 1 : 0;
        }
        return hits;
    }

    double precision(Seen each) {
        return precision(each, BruteForce::any);
    }

    /** The part of it that some of the items earn. */
    double precision(Seen each, BiPredicate<ServedList, Integer> items) {
        return hits(each, k, items) / (double) k;
    }

    double recall(Seen each) {
        return recall(each, BruteForce::any);
    }

    double recall(Seen each, BiPredicate<ServedList, Integer> items) {
        return relevant(each) == 0 ? Double.NaN : hits(each, k, items) / (double) relevant(each);
    }

    double ndcg(Seen each) {
        return ndcg(each, BruteForce::any);
    }

    double ndcg(Seen each, BiPredicate<ServedList, Integer> items) {
        double gain = 0;
        double ideal = 0;
        for (int rank = 1; rank <= k; rank++) {
            double discount = 1 / (Math.log(rank + 1) / Math.log(2));
            boolean hit = rank <= each.list().items().size()
                    && items.test(each.list(), rank - 1)
                    && has(each, rank - 1, "favour");
            gain += hit ? discount : 0;
            ideal += rank <= relevant(each) ? discount : 0;
        }
        return relevant(each) == 0 ? Double.NaN : gain / ideal;
    }

    double averagePrecision(Seen each) {
        return averagePrecision(each, BruteForce::any);
    }

    double averagePrecision(Seen each, BiPredicate<ServedList, Integer> items) {
        double sum = 0;
        for (int rank = 1; rank <= Math.min(k, each.list().items().size()); rank++) {
            boolean hit = items.test(each.list(), rank - 1) && has(each, rank - 1, "favour");
            sum += hit ? hits(each, rank, BruteForce::any) / (double) rank : 0;
        }
        return relevant(each) == 0 ? Double.NaN : sum / Math.min(k, relevant(each));
    }

    /** The distinct items of the lists that fit. */
    int distinct(Predicate<ServedList> lists) {
        Set<ItemId> items = new HashSet<>();
        seen.stream()
                .filter(each -> lists.test(each.list()))
                .forEach(each -> each.list().items().forEach(shown -> items.add(shown.itemId())));
        return items.size();
    }

    long count(Predicate<ServedList> lists) {
        return seen.stream().filter(each -> lists.test(each.list())).count();
    }
}
