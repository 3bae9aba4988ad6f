package dev.milvuso.server;

import dev.milvuso.component.DaemonThreads;
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

    Bulkheads(Pings pings, Clock clock) {
        redisBreaker = new Breaker("redis", PAUSE, clock, pings.redis(), probes);
        storeBreaker = new Breaker("milvus", PAUSE, clock, pings.store(), probes);
        shared = Bulkhead.of("redis", 8, 256, redisBreaker);
        tiers = Bulkhead.mixed("milvus", 16, 256, storeBreaker);
        searches = Bulkhead.of("milvus", 8, 256, storeBreaker);
        history = Bulkhead.of("postgres", 4, 64, new Breaker("postgres", PAUSE, clock, pings.database(), probes));
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

    /** Redis has answered: requests ask it again. */
    void redisAnswered() {
        redisBreaker.answered();
    }

    /** The vector store has answered: requests ask it again. */
    void storeAnswered() {
        storeBreaker.answered();
    }

    /** PostgreSQL has answered: requests ask it again. */
    void databaseAnswered() {
        history.breaker().answered();
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
