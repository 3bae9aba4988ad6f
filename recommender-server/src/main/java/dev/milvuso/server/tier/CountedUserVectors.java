package dev.milvuso.server.tier;

import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** Counts what a tier is asked and whether it had it: {@code milvuso_cache_requests_total{tier,result}}. */
public final class CountedUserVectors implements UserVectors {
    private final UserVectors counted;
    private final Counter hits;
    private final Counter misses;
    private final Counter errors;

    /** @param tier {@code memory}, {@code redis} or {@code milvus} */
    public CountedUserVectors(UserVectors counted, String tier, MeterRegistry metrics) {
        this.counted = counted;
        this.hits = counter(tier, "hit", metrics);
        this.misses = counter(tier, "miss", metrics);
        this.errors = counter(tier, "error", metrics);
    }

    /** @param result {@code hit}, {@code miss} or {@code error}: the tier did not answer */
    public static Counter counter(String tier, String result, MeterRegistry metrics) {
        return metrics.counter("milvuso.cache.requests", "tier", tier, "result", result);
    }

    @Override
    public Optional<Found> find(UserId user, ModelVersion version) {
        try {
            Optional<Found> found = counted.find(user, version);
            (found.isPresent() ? hits : misses).increment();
            return found;
        } catch (Unavailable e) {
            errors.increment();
            throw e;
        }
    }

    @Override
    public void put(UserId user, UserVector vector) {
        counted.put(user, vector);
    }

    @Override
    public void remove(UserId user, Removal removal) {
        counted.remove(user, removal);
    }
}
