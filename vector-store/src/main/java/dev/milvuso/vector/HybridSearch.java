package dev.milvuso.vector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A hybrid search made of plain ones, the same for every store. Servers that could merge the lists themselves order
 * equal scores, which reciprocal ranks often are, at will.
 */
final class HybridSearch {
    private static final Comparator<Hit> BEST =
            Comparator.comparing(Hit::score).reversed().thenComparing(Hit::key);

    private final VectorStore store;
    private final String collection;
    private final HybridSearchRequest request;

    HybridSearch(VectorStore store, String collection, HybridSearchRequest request) {
        this.store = store;
        this.collection = collection;
        this.request = request;
    }

    /** Best first, ties by key. */
    List<Hit> hits() {
        return complete(merged(searches().stream()
                .map(search -> store.search(collection, search))
                .toList()));
    }

    /** What the store is asked for. */
    List<SearchRequest> searches() {
        return request.searches().stream()
                .map(search -> search.output(Output.KEY))
                .toList();
    }

    /** @param lists of each search. @return keys and scores */
    List<Hit> merged(List<List<Hit>> lists) {
        return scores(lists).entrySet().stream()
                .map(hit -> new Hit(hit.getKey(), hit.getValue().floatValue(), Optional.empty()))
                .sorted(BEST)
                .skip(request.offset())
                .limit(request.k())
                .toList();
    }

    /** With what is wanted of each hit. */
    List<Hit> complete(List<Hit> page) {
        boolean keyAlone =
                request.output() instanceof Output.Named named && named.names().isEmpty();
        return keyAlone ? page : withEntities(page);
    }

    private Map<Id, Double> scores(List<List<Hit>> lists) {
        Map<Id, Double> scores = new HashMap<>();
        if (request.ranking() instanceof Ranking.Weighted weighted) {
            List<VectorField.Type> types = types();
            for (int i = 0; i < lists.size(); i++) {
                double weight = weighted.weights().get(i);
                for (Hit hit : lists.get(i)) {
                    scores.merge(
                            hit.key(), weight * Ranking.Weighted.normalised(types.get(i), hit.score()), Double::sum);
                }
            }
        } else {
            double constant = ((Ranking.ReciprocalRank) request.ranking()).constant();
            for (List<Hit> list : lists) {
                IntStream.range(0, list.size())
                        .forEach(rank -> scores.merge(list.get(rank).key(), 1 / (constant + rank + 1), Double::sum));
            }
        }
        return scores;
    }

    private List<VectorField.Type> types() {
        CollectionSchema schema = store.describe(collection)
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + collection));
        return request.searches().stream()
                .map(search -> schema.vector(search.vectorField()).type())
                .toList();
    }

    /** Without those that were deleted meanwhile. */
    private List<Hit> withEntities(List<Hit> page) {
        Map<Id, Entity> entities = new HashMap<>();
        store.get(collection, page.stream().map(Hit::key).toList(), request.output())
                .forEach(entity -> entities.put(entity.key().orElseThrow(), entity));
        List<Hit> hits = new ArrayList<>();
        for (Hit hit : page) {
            Entity entity = entities.get(hit.key());
            if (entity != null) {
                hits.add(new Hit(hit.key(), hit.score(), Optional.of(entity)));
            }
        }
        return hits;
    }
}
