package dev.milvuso.server;

import dev.milvuso.action.Action;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.recommend.Bulkhead;
import dev.milvuso.server.recommend.Choice;
import dev.milvuso.server.recommend.Finished;
import dev.milvuso.server.recommend.FinishedLists;
import dev.milvuso.server.recommend.History;
import dev.milvuso.server.recommend.LearnedVisitors;
import dev.milvuso.server.recommend.PersonalItems;
import dev.milvuso.server.recommend.Pipeline;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.recommend.SeenItems;
import dev.milvuso.server.recommend.SharedLists;
import dev.milvuso.server.recommend.redis.RedisLists;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.taste.LatestTaste;
import dev.milvuso.server.taste.LinearForm;
import dev.milvuso.server.taste.ReactingVisitors;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.CountedUserVectors;
import dev.milvuso.server.tier.TieredUserVectors;
import dev.milvuso.server.tier.UnknownUsers;
import dev.milvuso.server.tier.UserVectors;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The tiers and the recommender on top of them, and what keeps both up to date. */
final class Serving implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int WAITING = 10_000;
    private static final Duration UNKNOWN = Duration.ofSeconds(10);

    private final Clock clock;
    private final BooleanSupplier live;
    private final Redis redis;
    private final RedisWriter writer;
    private final SharedLists sharedLists;
    private final FinishedLists lists;
    private final SeenItems seen;
    private final LatestTaste taste;
    private final ItemSlots slots;
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
    private final Timer freshness;

    /**
     * @param acted what a user has acted on, by PostgreSQL
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
            BooleanSupplier live) {
        this.clock = clock;
        this.live = live;
        int users = config.recommendation().cachedUsers();
        Duration listTtl = config.recommendation().listTtl();
        Breaker redisBreaker = new Breaker("redis", PAUSE, clock);
        Breaker storeBreaker = new Breaker("milvus", PAUSE, clock);
        redis = new Redis(config.redis());
        writer = new RedisWriter(redis, redisBreaker, config.redis().ttl(), Math.max(users, WAITING), live, metrics);
        sharedLists = new RedisLists(
                redis, redisBreaker, writer, listTtl, clock, CountedUserVectors.counter("redis", "hit", metrics));
        lists = new FinishedLists(users, listTtl, clock);
        seen = new SeenItems(users, acted);
        slots = catalogue.slots();
        UserVectors memory = new CountedUserVectors(new MemoryUserVectors(users), "memory", metrics);
        Metric metric = Metric.named(config.training().metric());
        taste = new LatestTaste(
                config.taste(),
                config.actions(),
                LinearForm.of(
                        metric,
                        config.recommendation().embeddingDim(),
                        config.training().biases()),
                users,
                clock);
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
                        upkeep),
                new TieredUserVectors(memory, beyond),
                this::learned);
        history = Bulkhead.of("postgres", 4, 64, new Breaker("postgres", PAUSE, clock));
        tiers = Bulkhead.of("milvus", 16, 256, storeBreaker);
        shared = Bulkhead.of("redis", 8, 256, redisBreaker);
        PersonalItems personal = new PersonalItems(
                model,
                catalogue.slots(),
                stored::search,
                tiers,
                live,
                config.recommendation().similarityThreshold());
        recommender = new Recommender(
                model,
                catalogue,
                new History(seen, history),
                new Finished(lists, sharedLists, shared, CountedUserVectors.counter("memory", "hit", metrics)),
                new Pipeline(
                        new ReactingVisitors(new LearnedVisitors(memory, beyond, tiers), taste, model, slots),
                        List.of(),
                        List.of(new Pipeline.Share(personal, 1)),
                        popular,
                        List.of(),
                        Choice.BEST,
                        0),
                config.server().requestDeadline(),
                clock);
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

    boolean hasModel() {
        return model.version().isPresent();
    }

    void pingRedis() {
        redis.ping();
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
        taste.learned(user);
        changed(new UserId(user.id()));
        if (live.getAsBoolean() && user.acceptedAt() > 0) {
            freshness.record(Duration.ofMillis(Math.max(0, clock.millis() - user.acceptedAt())));
        }
    }

    /** The user has done something with the item. */
    void acted(Action action) {
        seen.add(action.userId(), action.itemId());
        taste.acted(action);
        changed(action.userId());
    }

    /** To be run again and again. */
    void refreshTaste() {
        taste.refresh(model, slots);
    }

    private void changed(UserId user) {
        lists.invalidate(user);
        if (live.getAsBoolean()) {
            sharedLists.drop(user);
        }
    }

    @Override
    public void close() {
        history.close();
        tiers.close();
        shared.close();
        redis.close();
        model.close();
        upkeep.shutdownNow();
    }
}
