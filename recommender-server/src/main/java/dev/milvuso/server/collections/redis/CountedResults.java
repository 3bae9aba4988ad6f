package dev.milvuso.server.collections.redis;

import dev.milvuso.server.collections.OwnCollections;
import dev.milvuso.vector.cache.SharedResults;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** Results of all collections but the recommender's own, and how often they were there. */
final class CountedResults implements SharedResults {
    private final SharedResults results;
    private final OwnCollections own;
    private final Counter hits;
    private final Counter misses;
    private final Counter errors;

    CountedResults(SharedResults results, OwnCollections own, MeterRegistry metrics) {
        this.results = results;
        this.own = own;
        this.hits = counter(metrics, "hit");
        this.misses = counter(metrics, "miss");
        this.errors = counter(metrics, "error");
    }

    private static Counter counter(MeterRegistry metrics, String result) {
        return metrics.counter("milvuso.cache.requests", "tier", "search", "result", result);
    }

    @Override
    public Optional<State> state(String collection) {
        if (own.has(collection)) {
            return Optional.empty();
        }
        Optional<State> state = results.state(collection);
        if (state.isEmpty()) {
            errors.increment();
        }
        return state;
    }

    @Override
    public Optional<byte[]> find(State state, String request) {
        Optional<byte[]> found = results.find(state, request);
        (found.isPresent() ? hits : misses).increment();
        return found;
    }

    @Override
    public void keep(State state, String request, byte[] result) {
        results.keep(state, request, result);
    }

    @Override
    public void written(String collection) {
        if (!own.has(collection)) {
            results.written(collection);
        }
    }
}
