package dev.milvuso.server;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.recommend.Bulkhead;
import dev.milvuso.server.recommend.Choice;
import dev.milvuso.server.recommend.Finished;
import dev.milvuso.server.recommend.FinishedLists;
import dev.milvuso.server.recommend.History;
import dev.milvuso.server.recommend.HotItems;
import dev.milvuso.server.recommend.LearnedVisitors;
import dev.milvuso.server.recommend.PersonalItems;
import dev.milvuso.server.recommend.Pipeline;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Preload;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.recommend.Rehearsal;
import dev.milvuso.server.recommend.SeenItems;
import dev.milvuso.server.recommend.SharedLists;
import dev.milvuso.server.recommend.redis.RedisLists;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.CountedUserVectors;
import dev.milvuso.server.tier.TieredUserVectors;
import dev.milvuso.server.tier.UnknownUsers;
import dev.milvuso.server.tier.UserVectors;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.server.tier.redis.Redis;
import dev.milvuso.server.tier.redis.RedisUserVectors;
import dev.milvuso.server.tier.redis.RedisWriter;
import dev.milvuso.server.tier.vector.StoredVectors;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tiers and the recommender on top of them, and what keeps both up to date. */
final class Serving implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int WAITING = 10_000;
    private static final Duration UNKNOWN = Duration.ofSeconds(10);

    /** Questions that throw if there is no answer. */
    record Ping(Runnable store, Runnable database) {}

    private static final Duration REHEARSAL = Duration.ofSeconds(2);
    private static final int MOST_PRELOADED = 10_000;

    private final Clock clock;
    private final BooleanSupplier live;
    private final int users;
    private final Redis redis;
    private final RedisWriter writer;
    private final SharedLists sharedLists;
    private final FinishedLists lists;
    private final SeenItems seen;
    private final ServedModel model;
    private final Recommender recommender;
    private final ExecutorService upkeep = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "item-index");
        thread.setDaemon(true);
        return thread;
    });
    private final Bulkhead history;
    private final Bulkhead tiers;
    private final Bulkhead shared;
    private final Bulkhead searches;
    private final Timer freshness;
    private final HotItems hotItems;
    private final Preload preload;
    private final Rehearsal rehearsal;
    private final Spare spare = new Spare("preload", 64);
    private final Spare refresh = new Spare("refresh", 1024);
    private final ExecutorService probes = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "probe");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param acted what a user has acted on, by PostgreSQL
     * @param ping asks what else lists depend on whether it lives
     * @param live whether the log has been read up to the present
     */
    Serving(
            Config config,
            VectorStore store,
            Catalogue catalogue,
            Popular popular,
            Function<UserId, Collection<ItemId>> acted,
            Clock clock,
            MeterRegistry metrics,
            Ping ping,
            BooleanSupplier live) {
        this.clock = clock;
        this.live = live;
        users = config.recommendation().cachedUsers();
        BoundedCache.Policy policy = BoundedCache.Policy.valueOf(
                config.recommendation().cachePolicy().toUpperCase(Locale.ROOT));
        Duration listTtl = config.recommendation().listTtl();
        redis = new Redis(config.redis());
        Breaker redisBreaker = new Breaker("redis", PAUSE, clock, redis::ping, probes);
        Breaker storeBreaker = new Breaker("milvus", PAUSE, clock, ping.store(), probes);
        writer = new RedisWriter(redis, redisBreaker, config.redis().ttl(), Math.max(users, WAITING), live, metrics);
        sharedLists = new RedisLists(
                redis, redisBreaker, writer, listTtl, clock, CountedUserVectors.counter("redis", "hit", metrics));
        lists = new FinishedLists(
                policy, users, listTtl, config.recommendation().listStale(), clock);
        seen = new SeenItems(policy, users, acted);
        UserVectors memory = new CountedUserVectors(new MemoryUserVectors(policy, users), "memory", metrics);
        Metric metric = Metric.named(config.training().metric());
        StoredVectors stored = new StoredVectors(store, config.milvus().collectionName(), metric, storeBreaker);
        UserVectors beyond = new UnknownUsers(
                new TieredUserVectors(
                        new CountedUserVectors(new RedisUserVectors(redis, redisBreaker, writer), "redis", metrics),
                        new CountedUserVectors(stored, "milvus", metrics)),
                users,
                UNKNOWN);
        model = new ServedModel(
                config.recommendation().embeddingDim(),
                () -> new ItemIndex(
                        catalogue.slots(),
                        metric,
                        config.recommendation().embeddingDim(),
                        (float) config.recommendation().indexRecall(),
                        upkeep,
                        config.recommendation().indexMemory(),
                        popular::level),
                new TieredUserVectors(memory, beyond),
                this::learned);
        history = Bulkhead.of("postgres", 4, 64, new Breaker("postgres", PAUSE, clock, ping.database(), probes));
        tiers = Bulkhead.mixed("milvus", 16, 256, storeBreaker);
        searches = Bulkhead.of("milvus", 8, 256, storeBreaker);
        shared = Bulkhead.of("redis", 8, 256, redisBreaker);
        PersonalItems personal = new PersonalItems(
                model,
                catalogue.slots(),
                stored::search,
                searches,
                live,
                config.recommendation().similarityThreshold());
        recommender = new Recommender(
                model,
                catalogue,
                new History(seen, history),
                new Finished(lists, sharedLists, shared, CountedUserVectors.counter("memory", "hit", metrics)),
                new Pipeline(
                        new LearnedVisitors(memory, beyond, tiers),
                        List.of(),
                        List.of(new Pipeline.Share(personal, 1)),
                        popular,
                        List.of(),
                        Choice.BEST,
                        0),
                refresh,
                config.server().requestDeadline(),
                clock);
        hotItems = new HotItems(model, popular, catalogue.slots(), stored::items);
        rehearsal = new Rehearsal(model, catalogue);
        preload = new Preload(model, memory, beyond, seen, spare);
        freshness = Timer.builder("milvuso.freshness")
                .description("From an accepted action to the vector that contains it being served")
                .publishPercentileHistogram()
                .register(metrics);
    }

    Recommender recommender() {
        return recommender;
    }

    /** To be run again and again. */
    RedisWriter writer() {
        return writer;
    }

    /** To be run again and again. */
    Runnable hotItems() {
        return hotItems;
    }

    /**
     * Brings users into memory a moment later.
     *
     * @param activeLast so many users at most, the latest first
     */
    void preload(IntFunction<List<UserId>> activeLast) {
        spare.later("the most active", () -> preload.all(activeLast.apply(Math.min(users, MOST_PRELOADED))));
    }

    /** To be called when all has been read, before it is said to be ready. */
    void rehearse() {
        try {
            recommender.rehearse(rehearsal, REHEARSAL);
        } catch (RuntimeException e) {
            LOG.warn("the first lists may take long: they could not be rehearsed", e);
        }
    }

    boolean hasModel() {
        return model.version().isPresent();
    }

    /** Throws if Redis does not answer; if it does, requests ask it again. */
    void pingRedis() {
        redis.ping();
        shared.breaker().answered();
    }

    /** The vector store has answered: requests ask it again. */
    void storeAnswered() {
        searches.breaker().answered();
    }

    /** PostgreSQL has answered: requests ask it again. */
    void databaseAnswered() {
        history.breaker().answered();
    }

    /** To be called before anything is served. */
    void warmUp() {
        redis.warmUp();
    }

    /** A record of the topic of embeddings was read. */
    void learned(EmbeddingRecord published) {
        model.apply(published);
    }

    /** A row is gone. */
    void removed(Removal removal) {
        model.apply(removal);
    }

    private void learned(Embedding user) {
        changed(new UserId(user.id()));
        if (live.getAsBoolean() && user.acceptedAt() > 0) {
            freshness.record(Duration.ofMillis(Math.max(0, clock.millis() - user.acceptedAt())));
        }
    }

    /** The user has done something with the item. */
    void acted(UserId user, ItemId item) {
        seen.add(user, item);
        preload.acted(user);
        changed(user);
    }

    private void changed(UserId user) {
        lists.invalidate(user);
        if (live.getAsBoolean()) {
            sharedLists.drop(user);
        }
    }

    @Override
    public void close() {
        spare.close();
        refresh.close();
        probes.shutdownNow();
        searches.close();
        history.close();
        tiers.close();
        shared.close();
        redis.close();
        model.close();
        upkeep.shutdownNow();
    }
}
