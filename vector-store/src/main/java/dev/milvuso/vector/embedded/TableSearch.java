package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.embedded.column.SlotBits;
import dev.milvuso.vector.filter.RowFilter;
import dev.milvuso.vector.index.Found;
import dev.milvuso.vector.index.Selection;
import dev.milvuso.vector.index.TopScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A search of a table for one request: by the index of the vector, or by a scan where scores have a range or rows are
 * grouped. Not for longer than the table stays as it is.
 */
final class TableSearch {
    /** Looked for beyond k, to see whether anybody else has the score of the last. */
    private static final int SPARE = 1;
    /** So many times as many are looked at if somebody has; all, if that is not enough. */
    private static final int TIES = 16;

    private final VectorField field;
    private final VectorColumn column;
    private final VectorTable table;
    private final SearchRequest request;
    private final Selection selection;
    private long indexNanos;

    TableSearch(CollectionSchema schema, VectorTable table, SearchRequest request, Selection selection) {
        this.field = schema.vector(request.vectorField());
        this.column = table.vectors(field.name());
        this.table = table;
        this.request = request;
        this.selection = request.exclude().isEmpty() ? selection : selection.without(excluded()::contains);
    }

    private SlotSet excluded() {
        SlotSet excluded = new SlotSet(request.exclude().size());
        for (int slot : table.slots(request.exclude())) {
            if (slot >= 0) {
                excluded.add(slot);
            }
        }
        return excluded;
    }

    List<Hit> hits(Vector query) {
        int most = Math.min(request.offset() + request.k(), table.size());
        if (most == 0) {
            return List.of();
        }
        VectorColumn.Scorer scorer = column.scorer(query);
        int limit = Math.min(most + SPARE, table.size());
        Scored[] found = scored(best(query, scorer, limit), scorer);
        if (hasOpenTies(found, most, limit)) {
            limit = (int) Math.min(table.size(), (long) TIES * limit);
            found = scored(best(query, scorer, limit), scorer);
        }
        return page(hasOpenTies(found, most, limit) ? bestByKey(scorer, most) : found, scorer);
    }

    /** @param found in order */
    private boolean hasOpenTies(Scored[] found, int most, int limit) {
        return limit < table.size() && found.length == limit && found[limit - 1].score() == found[most - 1].score();
    }

    /** The column whose index is searched; none if every row is scored here. */
    Optional<DenseColumn> dense() {
        boolean isPlain = request.range().isEmpty() && request.groupBy().isEmpty();
        return isPlain && column instanceof DenseColumn dense ? Optional.of(dense) : Optional.empty();
    }

    /** What the index, or the scan, has taken so far. */
    long indexNanos() {
        return indexNanos;
    }

    private Found best(Vector query, VectorColumn.Scorer scorer, int limit) {
        long begin = System.nanoTime();
        try {
            return found(query, scorer, limit);
        } finally {
            indexNanos += System.nanoTime() - begin;
        }
    }

    private Found found(Vector query, VectorColumn.Scorer scorer, int limit) {
        TopScores best = new TopScores(limit);
        if (request.groupBy().isPresent()) {
            bestOfGroups(scorer, request.groupBy().get()).forEach(best::offer);
        } else if (dense().isPresent()) {
            return dense().get().nearest(query, limit, selection, request.parameters());
        } else {
            scan(scorer, best::offer);
        }
        return best.drain();
    }

    /** Scores once more, so that a row has the same score however it was found. @return in order */
    private Scored[] scored(Found found, VectorColumn.Scorer scorer) {
        Scored[] all = new Scored[found.slots().length];
        for (int i = 0; i < all.length; i++) {
            int slot = found.slots()[i];
            all[i] = new Scored(slot, scorer.score(slot));
        }
        Arrays.sort(all, this::order);
        return all;
    }

    private int order(Scored one, Scored other) {
        int byScore = Float.compare(other.score(), one.score());
        return byScore == 0 ? table.key(one.slot()).compareTo(table.key(other.slot())) : byScore;
    }

    private List<Hit> page(Scored[] found, VectorColumn.Scorer scorer) {
        int end = Math.min(found.length, request.offset() + request.k());
        List<Hit> hits = new ArrayList<>(Math.max(0, end - request.offset()));
        for (int i = request.offset(); i < end; i++) {
            hits.add(hit(found[i].slot(), scorer.shown(found[i].score())));
        }
        return hits;
    }

    private record Scored(int slot, float score) {}

    /** Of all rows: those that share the score of the last must all be seen to know which of them has the least key. */
    private Scored[] bestByKey(VectorColumn.Scorer scorer, int most) {
        PriorityQueue<Keyed> worstFirst =
                new PriorityQueue<>(Comparator.<Keyed>naturalOrder().reversed());
        Taker taker = (slot, score) -> {
            Keyed worst = worstFirst.size() < most ? null : worstFirst.peek();
            if (worst == null || score >= worst.score()) {
                worstFirst.add(new Keyed(slot, score, table.key(slot)));
                if (worst != null) {
                    worstFirst.remove();
                }
            }
        };
        if (request.groupBy().isPresent()) {
            bestOfGroups(scorer, request.groupBy().get()).forEach(taker::take);
        } else {
            scan(scorer, taker);
        }
        return worstFirst.stream()
                .sorted()
                .map(it -> new Scored(it.slot(), it.score()))
                .toArray(Scored[]::new);
    }

    /** In order: the best first, and of equal ones the one of the least key. */
    private record Keyed(int slot, float score, Id key) implements Comparable<Keyed> {
        @Override
        public int compareTo(Keyed other) {
            int byScore = Float.compare(other.score, score);
            return byScore == 0 ? key.compareTo(other.key) : byScore;
        }
    }

    /** Takes what is found. */
    private interface Taker {
        void take(int slot, float score);
    }

    private void scan(VectorColumn.Scorer scorer, Taker taker) {
        boolean smallerIsNearer = field.type().smallerIsNearer();
        SlotBits live = table.live();
        for (int slot = live.next(0); slot >= 0; slot = live.next(slot + 1)) {
            if (!selection.contains(slot)) {
                continue;
            }
            float score = scorer.score(slot);
            if (Float.isNaN(score)) {
                continue;
            }
            if (request.range().isEmpty() || request.range().get().holds(scorer.shown(score), smallerIsNearer)) {
                taker.take(slot, score);
            }
        }
    }

    private Map<Integer, Float> bestOfGroups(VectorColumn.Scorer scorer, String groupBy) {
        RowFilter.Column groups = table.of(groupBy);
        Map<@Nullable Object, Integer> best = new HashMap<>();
        Map<Integer, Float> scores = new HashMap<>();
        scan(scorer, (slot, score) -> {
            Object group = groups.at(slot);
            Integer known = best.get(group);
            if (known == null || isBetter(slot, score, known, scores.getOrDefault(known, 0f))) {
                best.put(group, slot);
                scores.remove(known);
                scores.put(slot, score);
            }
        });
        return scores;
    }

    private boolean isBetter(int slot, float score, int other, float otherScore) {
        return score > otherScore || (score == otherScore && table.key(slot).compareTo(table.key(other)) < 0);
    }

    private Hit hit(int slot, float score) {
        boolean keyAlone =
                request.output() instanceof Output.Named named && named.names().isEmpty();
        Optional<Entity> entity = keyAlone ? Optional.empty() : Optional.of(table.entity(slot, request.output()));
        return new Hit(table.key(slot), rounded(score), entity);
    }

    private float rounded(float score) {
        if (request.parameters().roundDecimals().isEmpty()) {
            return score;
        }
        double scale = Math.pow(10, request.parameters().roundDecimals().get());
        return (float) (Math.round(score * scale) / scale);
    }
}
