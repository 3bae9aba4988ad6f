package dev.milvuso.server;

import dev.milvuso.action.Action;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.config.RankingConfig;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.coldstart.ColdShelf;
import dev.milvuso.server.coldstart.Evidence;
import dev.milvuso.server.coldstart.Exploration;
import dev.milvuso.server.coldstart.NewItems;
import dev.milvuso.server.coldstart.NewsOfItems;
import dev.milvuso.server.ranking.Arrangement;
import dev.milvuso.server.ranking.Freshness;
import dev.milvuso.server.ranking.ItemSpace;
import dev.milvuso.server.ranking.Rotation;
import dev.milvuso.server.ranking.Shown;
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
import dev.milvuso.server.recommend.Restriction;
import dev.milvuso.server.recommend.SeenItems;
import dev.milvuso.server.recommend.SharedLists;
import dev.milvuso.server.recommend.Visitors;
import dev.milvuso.server.recommend.redis.RedisLists;
import dev.milvuso.server.rules.Pins;
import dev.milvuso.server.rules.RuleRanking;
import dev.milvuso.server.rules.RuledChoice;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.taste.LatestTaste;
import dev.milvuso.server.taste.LinearForm;
import dev.milvuso.server.taste.ReactingVisitors;
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
import dev.milvuso.server.users.SimilarUsers;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tiers and the recommender on top of them, and what keeps both up to date. */
final class Serving implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int WAITING = 10_000;

    /** Candidates for a list of usual length. */
    private static final int POOL = 64;

    private static final Duration UNKNOWN = Duration.ofSeconds(10);

    /** Another instance may make lists by the old rules for so long. */
    private static final Duration SLOWEST_TO_KNOW = Duration.ofSeconds(2);

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
    private final LatestTaste taste;
    private final ItemSlots slots;
    private final ColdShelf cold;
    private final ServedModel model;
    private final Recommenders recommenders;
    private final Shown shown;
    private final ExecutorService upkeep = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "item-index");
        thread.setDaemon(true);
        return thread;
    });
    private final StoredVectors stored;
    private final UserVectors vectors;
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
     * @param wishes the site's own
     * @param acted what a user has acted on, by PostgreSQL
     * @param evidence how items were received
     * @param ping asks what else lists depend on whether it lives
     * @param live whether the log has been read up to the present
     */
    Serving(
            Config config,
            VectorStore store,
            Catalogue catalogue,
            Popular popular,
            Wishes wishes,
            Function<UserId, Collection<ItemId>> acted,
            Evidence evidence,
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
        slots = catalogue.slots();
        UserVectors memory = new CountedUserVectors(new MemoryUserVectors(policy, users), "memory", metrics);
        Metric metric = Metric.named(config.training().metric());
        LinearForm form = LinearForm.of(
                metric,
                config.recommendation().embeddingDim(),
                config.training().biases());
        taste = new LatestTaste(config.taste(), config.actions(), form, users, clock);
        stored = new StoredVectors(store, config.milvus().collectionName(), metric, storeBreaker);
        UserVectors beyond = new UnknownUsers(
                new TieredUserVectors(
                        new CountedUserVectors(new RedisUserVectors(redis, redisBreaker, writer), "redis", metrics),
                        new CountedUserVectors(stored, "milvus", metrics)),
                users,
                UNKNOWN);
        vectors = new TieredUserVectors(memory, beyond);
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
                vectors,
                this::learned);
        history = Bulkhead.of("postgres", 4, 64, new Breaker("postgres", PAUSE, clock, ping.database(), probes));
        tiers = Bulkhead.mixed("milvus", 16, 256, storeBreaker);
        searches = Bulkhead.of("milvus", 8, 256, storeBreaker);
        shared = Bulkhead.of("redis", 8, 256, redisBreaker);
        cold = new ColdShelf(config.coldstart(), model, catalogue, evidence, clock);
        Visitors visitors =
                new ReactingVisitors(new LearnedVisitors(memory, beyond, tiers), taste, model, slots, cold::vector);
        List<Restriction> restrictions = new ArrayList<>(wishes.restrictions());
        restrictions.add(new NewsOfItems(config.coldstart(), cold, model, slots, visitors, taste));
        History known = new History(seen, history);
        Finished finished =
                new Finished(lists, sharedLists, shared, CountedUserVectors.counter("memory", "hit", metrics));
        ItemSpace space = new ItemSpace(this::itemVectors, form.factors());
        OtherSources others =
                new OtherSources(model, slots, popular, wishes.trending(), wishes.latest(), form.factors());
        shown = new Shown(policy, users, config.ranking().rotationWindow());
        recommenders = new Recommenders(config, settings -> {
            PersonalItems personal = new PersonalItems(
                    model,
                    slots,
                    stored::search,
                    searches,
                    live,
                    settings.recommendation().similarityThreshold());
            RankingConfig ranking = settings.ranking();
            List<Pipeline.Share> usual = List.of(
                    new Pipeline.Share(new NewItems(model, cold), 1),
                    new Pipeline.Share(personal, 1),
                    new Pipeline.Share(new Pins(), 1));
            List<Pipeline.Share> sources = others.behind(usual, ranking);
            Choice arrangement = new Arrangement(ranking, OtherSources.quotas(sources, usual.size()), space);
            Pipeline pipeline = new Pipeline(
                    visitors,
                    restrictions,
                    sources,
                    popular,
                    List.of(
                            new Freshness(ranking.freshness(), ranking.freshnessHalfLife(), clock),
                            new Rotation(ranking.rotation(), ranking.rotationAfter(), shown, clock),
                            new RuleRanking(wishes.rules()),
                            new Exploration(config.coldstart(), cold, taste, ThreadLocalRandom::current)),
                    new RuledChoice(wishes.rules(), arrangement, 2),
                    POOL);
            return new Recommender(
                    model,
                    catalogue,
                    known,
                    finished,
                    pipeline,
                    refresh,
                    config.server().requestDeadline(),
                    clock);
        });
        hotItems = new HotItems(model, popular, slots, stored::items);
        rehearsal = new Rehearsal(model, catalogue);
        preload = new Preload(model, memory, beyond, seen, spare);
        freshness = Timer.builder("milvuso.freshness")
                .description("From an accepted action to the vector that contains it being served")
                .publishPercentileHistogram()
                .register(metrics);
    }

    ServedModel model() {
        return model;
    }

    /** @param biases how many numbers at a vector's end are no taste */
    SimilarUsers similarUsers(int biases) {
        return new SimilarUsers(model::version, vectors, stored, biases);
    }

    /** The rules are others: no list that was made before is served. */
    void rulesChanged() {
        lists.invalidateAll(SLOWEST_TO_KNOW);
    }

    /** Nothing is known of the user any more. */
    void forget(UserId user) {
        seen.forget(user);
        taste.forget(user);
        model.version()
                .ifPresent(version ->
                        model.apply(new Removal(version, Kind.USER, user.value(), Long.MAX_VALUE, Long.MAX_VALUE)));
        changed(user);
    }

    Recommender recommender() {
        return recommenders.plain();
    }

    /** Under the configuration as it is and under overrides of it. */
    Recommenders recommenders() {
        return recommenders;
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
            recommenders.plain().rehearse(rehearsal, REHEARSAL);
        } catch (RuntimeException e) {
            LOG.warn("the first lists may take long: they could not be rehearsed", e);
        }
    }

    boolean hasModel() {
        return model.version().isPresent();
    }

    /** Of the version that is served; null if it has no such item. */
    float @Nullable [] itemVector(int slot) {
        ItemIndex items = model.version().flatMap(model::items).orElse(null);
        return items == null ? null : items.vector(slot);
    }

    /** Learned, or what serves for it while the item is new. */
    private ItemSpace.Vectors itemVectors(ModelVersion version) {
        ItemIndex items = model.items(version).orElse(null);
        return slot -> {
            float[] learned = items == null ? null : items.vector(slot);
            return learned == null ? cold.vector(slot, version) : learned;
        };
    }

    /** To be told what was shown and answered, where that plays a part. */
    Shown shown() {
        return shown;
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
        if (removal.kind() == Kind.USER) {
            changed(new UserId(removal.id()));
        }
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
        preload.acted(action.userId());
        changed(action.userId());
    }

    /** The guest is somebody else from now on: their latest actions are of no use any more. */
    void merged(UserId guest) {
        taste.forget(guest);
        changed(guest);
    }

    /** To be run again and again. */
    ColdShelf newItems() {
        return cold;
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
