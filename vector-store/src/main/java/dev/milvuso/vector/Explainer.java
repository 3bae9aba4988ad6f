package dev.milvuso.vector;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Searches and says how it went. Costs a search, another where the store says how it searches, and counts of the
 * collection and of what the filter finds.
 *
 * @param nanos as {@link System#nanoTime}
 */
record Explainer(VectorStore store, LongSupplier nanos) {
    /** @throws IllegalArgumentException if there is no such collection, or the request does not fit it */
    Explanation explain(String collection, SearchRequest request) {
        Map<String, Duration> stages = new LinkedHashMap<>();
        CollectionSchema schema = timed(
                stages,
                "describe",
                () -> store.describe(collection)
                        .orElseThrow(() -> new IllegalArgumentException("there is no collection " + collection)));
        long rows = timed(stages, "count", () -> store.count(collection));
        long candidates = request.filter()
                .map(filter -> timed(stages, "filter", () -> store.count(collection, filter)))
                .orElse(rows);
        boolean fromCache = store.isCached(collection, request);
        List<List<Hit>> hits =
                timed(stages, fromCache ? "cache" : "search", () -> store.searchAll(collection, request));
        return new Explanation(
                schema.name(),
                schema.vector(request.vectorField()).name(),
                RequestShape.of(request),
                rows,
                candidates,
                rows == 0 ? 1 : Math.min(1, (double) candidates / rows),
                fromCache,
                hits,
                store.profile(collection, request),
                stages);
    }

    /** @throws IllegalArgumentException if there is no such collection, or a search does not fit it */
    HybridExplanation explain(String collection, HybridSearchRequest request) {
        HybridSearch hybrid = new HybridSearch(store, collection, request);
        List<Explanation> searches = hybrid.searches().stream()
                .map(search -> store.explain(collection, search))
                .toList();
        List<List<Hit>> lists =
                searches.stream().map(search -> search.hits().get(0)).toList();
        Map<String, Duration> stages = new LinkedHashMap<>();
        List<Hit> page = timed(stages, "merge", () -> hybrid.merged(lists));
        List<Hit> hits = timed(stages, "rows", () -> hybrid.complete(page));
        return new HybridExplanation(searches, hits, stages);
    }

    private <T> T timed(Map<String, Duration> stages, String stage, Supplier<T> work) {
        long begin = nanos.getAsLong();
        T result = work.get();
        stages.put(stage, Duration.ofNanos(nanos.getAsLong() - begin));
        return result;
    }
}
