package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.filter.RowFilter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** An exact scan of a table for one request. Not for longer than the table stays as it is. */
final class TableSearch {
    private final VectorField field;
    private final VectorTable table;
    private final SearchRequest request;
    private final IntPredicate allowed;
    private final BitSet excluded = new BitSet();

    TableSearch(CollectionSchema schema, VectorTable table, SearchRequest request, IntPredicate allowed) {
        this.field = schema.vector(request.vectorField());
        this.table = table;
        this.request = request;
        this.allowed = allowed;
        for (Id id : request.exclude()) {
            Integer slot = table.slot(id);
            if (slot != null) {
                excluded.set(slot);
            }
        }
    }

    List<Hit> hits(Vector query) {
        VectorColumn.Scorer scorer = table.vectors(field.name()).scorer(query);
        int most = Math.min(request.offset() + request.k(), table.size());
        if (most == 0) {
            return List.of();
        }
        TopSlots<Id> top = new TopSlots<>(most, table.keys());
        if (request.groupBy().isPresent()) {
            bestOfGroups(scorer, request.groupBy().get()).forEach(top::offer);
        } else {
            scan(scorer, top::offer);
        }
        List<Hit> hits = new ArrayList<>();
        int[] best = top.drain();
        for (int i = request.offset(); i < best.length; i++) {
            hits.add(hit(best[i], scorer.shown(scorer.score(best[i]))));
        }
        return hits;
    }

    /** Takes what is found. */
    private interface Found {
        void take(int slot, float score);
    }

    private void scan(VectorColumn.Scorer scorer, Found found) {
        boolean smallerIsNearer = field.type().smallerIsNearer();
        for (int slot = 0; slot < table.size(); slot++) {
            if (excluded.get(slot) || !allowed.test(slot)) {
                continue;
            }
            float score = scorer.score(slot);
            if (Float.isNaN(score)) {
                continue;
            }
            if (request.range().isEmpty() || request.range().get().holds(scorer.shown(score), smallerIsNearer)) {
                found.take(slot, score);
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
        return score > otherScore
                || (score == otherScore
                        && table.keys().get(slot).compareTo(table.keys().get(other)) < 0);
    }

    private Hit hit(int slot, float score) {
        boolean keyAlone =
                request.output() instanceof Output.Named named && named.names().isEmpty();
        Optional<Entity> entity = keyAlone ? Optional.empty() : Optional.of(table.entity(slot, request.output()));
        return new Hit(table.keys().get(slot), rounded(score), entity);
    }

    private float rounded(float score) {
        if (request.parameters().roundDecimals().isEmpty()) {
            return score;
        }
        double scale = Math.pow(10, request.parameters().roundDecimals().get());
        return (float) (Math.round(score * scale) / scale);
    }
}
