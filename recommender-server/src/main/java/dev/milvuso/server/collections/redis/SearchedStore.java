package dev.milvuso.server.collections.redis;

import dev.milvuso.config.Config;
import dev.milvuso.server.collections.OwnCollections;
import dev.milvuso.server.tier.redis.Redis;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.cache.CachedVectorStore;
import dev.milvuso.vector.cache.SharedResults;
import dev.milvuso.vector.cache.SlowQueries;
import dev.milvuso.vector.cache.TimedVectorStore;
import dev.milvuso.vector.cache.redis.RedisResults;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The store behind {@code /collections}: slow searches are written down and counted and, if that is configured, answers
 * are kept in Redis. Those of the recommender's own collections are not, which the trainer writes.
 */
public final class SearchedStore implements AutoCloseable {
    private static final int SLOW_KEPT = 100;

    private final Config config;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final Optional<Redis> redis;
    private final SlowQueries slowQueries;
    private final VectorStore store;

    /** @param searched stays the caller's */
    public SearchedStore(Config config, VectorStore searched, InstantSource clock, MeterRegistry metrics) {
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
        this.redis = config.server().searchCache() ? Optional.of(new Redis(config.redis())) : Optional.empty();
        Counter slow = Counter.builder("milvuso.search.slow")
                .description("Searches by /collections that took server.slow_search or longer")
                .register(metrics);
        this.slowQueries = new SlowQueries(config.server().slowSearch(), SLOW_KEPT, clock, slow::increment);
        this.store = new TimedVectorStore(
                redis.map(shared -> cached(searched, shared)).orElse(searched), slowQueries, System::nanoTime);
    }

    private VectorStore cached(VectorStore searched, Redis shared) {
        return new CachedVectorStore(
                searched, results(shared, config.milvus().database()), database -> results(shared, database), clock);
    }

    private SharedResults results(Redis shared, String database) {
        String name = config.milvus().isEmbedded()
                ? "embedded"
                : config.milvus().host() + ":" + config.milvus().port()
                        + config.milvus().uri();
        // The engine in this process shows every write at once.
        Duration settle =
                config.milvus().isEmbedded() ? Duration.ZERO : config.server().searchCacheSettle();
        return new CountedResults(
                new RedisResults(
                        shared.client(), name + "/" + database, config.server().searchCacheTtl(), settle, clock),
                new OwnCollections(config.milvus().collectionName(), false),
                metrics);
    }

    /** Open as long as this is. */
    public VectorStore store() {
        return store;
    }

    /** The latest, the newest first. */
    public List<SlowQueries.SlowQuery> slowSearches() {
        return slowQueries.latest();
    }

    @Override
    public void close() {
        redis.ifPresent(Redis::close);
    }
}
