package dev.milvuso.server;

import dev.milvuso.component.DaemonThreads;
import dev.milvuso.config.Config;
import dev.milvuso.server.recommend.Bulkhead;
import dev.milvuso.server.tier.Breaker;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Who waits for what lists depend on, and who says that there is no use in waiting. */
final class Bulkheads implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ExecutorService probes = Executors.newCachedThreadPool(new DaemonThreads("probe"));
    private final Breaker redisBreaker;
    private final Breaker storeBreaker;
    private final Bulkhead shared;
    private final Bulkhead tiers;
    private final Bulkhead searches;
    private final Bulkhead history;

    /**
     * Questions that throw if there is no answer.
     *
     * @param redis the cache
     * @param store the vector store
     * @param database PostgreSQL
     */
    record Pings(Runnable redis, Runnable store, Runnable database) {}

    Bulkheads(Config config, Pings pings, Clock clock) {
        Duration store = config.milvus().readDeadline();
        Duration database = config.postgres().readDeadline();
        // Its own calls end by redis.timeout.
        redisBreaker = new Breaker("redis", PAUSE, clock, pings.redis(), probes);
        storeBreaker = new Breaker("milvus", PAUSE, store, clock, pings.store(), probes);
        shared = Bulkhead.of("redis", 8, 256, redisBreaker);
        tiers = Bulkhead.mixed("milvus", 16, 256, store.plus(config.redis().timeout()), storeBreaker);
        searches = Bulkhead.of("milvus", 8, 256, store, storeBreaker);
        Breaker databaseBreaker = new Breaker("postgres", PAUSE, database, clock, pings.database(), probes);
        history = Bulkhead.of("postgres", 4, 64, database, databaseBreaker);
    }

    Breaker redisBreaker() {
        return redisBreaker;
    }

    Breaker storeBreaker() {
        return storeBreaker;
    }

    /** For finished lists in Redis. */
    Bulkhead shared() {
        return shared;
    }

    /** For users' vectors, wherever they are. */
    Bulkhead tiers() {
        return tiers;
    }

    /** For what memory does not hold of the items. */
    Bulkhead searches() {
        return searches;
    }

    /** For what users did, by PostgreSQL. */
    Bulkhead history() {
        return history;
    }

    /** Asks Redis; if it answers, requests ask it again. Throws if it does not. */
    boolean askRedis() {
        return redisBreaker.ask();
    }

    /**
     * Asks the vector store; if it answers in time, requests ask it again. Throws if it does not answer.
     *
     * @return whether it was in time
     */
    boolean askStore() {
        return storeBreaker.ask();
    }

    /** As {@link #askStore}, of PostgreSQL. */
    boolean askDatabase() {
        return history.breaker().ask();
    }

    @Override
    public void close() {
        probes.shutdownNow();
        searches.close();
        history.close();
        tiers.close();
        shared.close();
    }
}
