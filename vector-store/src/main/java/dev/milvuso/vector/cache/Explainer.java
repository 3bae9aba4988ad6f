package dev.milvuso.vector.cache;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
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
public record Explainer(VectorStore store, LongSupplier nanos) {
    /** @throws IllegalArgumentException if there is no such collection, or the request does not fit it */
    public Explanation explain(String collection, SearchRequest request) {
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
        List<List<Hit>> hits = timed(stages, "search", () -> store.searchAll(collection, request));
        return new Explanation(
                schema.name(),
                schema.vector(request.vectorField()).name(),
                RequestShape.of(request),
                rows,
                candidates,
                rows == 0 ? 1 : Math.min(1, (double) candidates / rows),
                hits,
                store.profile(collection, request),
                stages);
    }

    private <T> T timed(Map<String, Duration> stages, String stage, Supplier<T> work) {
        long begin = nanos.getAsLong();
        T result = work.get();
        stages.put(stage, Duration.ofNanos(nanos.getAsLong() - begin));
        return result;
    }
}
