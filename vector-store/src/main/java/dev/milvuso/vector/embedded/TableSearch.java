package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.filter.RowFilter;
import dev.milvuso.vector.index.Found;
import dev.milvuso.vector.index.Selection;
import dev.milvuso.vector.index.TopScores;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A search of a table for one request: by the index of the vector, or by a scan where scores have a range or rows are
 * grouped. Not for longer than the table stays as it is.
 */
final class TableSearch {
    /** Looked for beyond k, to see who else has the score of the last. */
    private static final int SPARE = 8;

    private final VectorField field;
    private final VectorColumn column;
    private final VectorTable table;
    private final SearchRequest request;
    private final Selection selection;

    TableSearch(CollectionSchema schema, VectorTable table, SearchRequest request, Selection selection) {
        this.field = schema.vector(request.vectorField());
        this.column = table.vectors(field.name());
        this.table = table;
        this.request = request;
        this.selection = request.exclude().isEmpty() ? selection : selection.without(excluded());
    }

    private BitSet excluded() {
        BitSet excluded = new BitSet();
        for (Id id : request.exclude()) {
            Integer slot = table.slot(id);
            if (slot != null) {
                excluded.set(slot);
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
        Found found = best(query, scorer, limit);
        // Those that share the score of the last must all be seen to know which of them has the least key.
        while (limit < table.size() && hasOpenTies(found, most, limit)) {
            limit = (int) Math.min(table.size(), 16L * limit);
            found = best(query, scorer, limit);
        }
        return page(found, scorer);
    }

    private static boolean hasOpenTies(Found found, int most, int limit) {
        return found.slots().length == limit && found.scores()[limit - 1] == found.scores()[most - 1];
    }

    private Found best(Vector query, VectorColumn.Scorer scorer, int limit) {
        TopScores best = new TopScores(limit);
        if (request.groupBy().isPresent()) {
            bestOfGroups(scorer, request.groupBy().get()).forEach(best::offer);
        } else if (request.range().isEmpty() && column instanceof DenseColumn dense) {
            float recall = request.parameters().recall().orElse(SearchParameters.RECALL);
            return dense.nearest(query, limit, selection, recall);
        } else {
            scan(scorer, best::offer);
        }
        return best.drain();
    }

    /** Scores once more, so that a row has the same score however it was found. */
    private List<Hit> page(Found found, VectorColumn.Scorer scorer) {
        List<Scored> all = new ArrayList<>();
        for (int slot : found.slots()) {
            all.add(new Scored(slot, scorer.score(slot), table.key(slot)));
        }
        all.sort(Comparator.comparing(Scored::score).reversed().thenComparing(Scored::key));
        return all.stream()
                .skip(request.offset())
                .limit(request.k())
                .map(scored -> hit(scored, scorer.shown(scored.score())))
                .toList();
    }

    private record Scored(int slot, float score, Id key) {}

    /** Takes what is found. */
    private interface Taker {
        void take(int slot, float score);
    }

    private void scan(VectorColumn.Scorer scorer, Taker taker) {
        boolean smallerIsNearer = field.type().smallerIsNearer();
        BitSet live = table.live();
        for (int slot = live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + 1)) {
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

    private Hit hit(Scored scored, float score) {
        boolean keyAlone =
                request.output() instanceof Output.Named named && named.names().isEmpty();
        Optional<Entity> entity =
                keyAlone ? Optional.empty() : Optional.of(table.entity(scored.slot(), request.output()));
        return new Hit(scored.key(), rounded(score), entity);
    }

    private float rounded(float score) {
        if (request.parameters().roundDecimals().isEmpty()) {
            return score;
        }
        double scale = Math.pow(10, request.parameters().roundDecimals().get());
        return (float) (Math.round(score * scale) / scale);
    }
}
