package dev.milvuso.server;

import dev.milvuso.action.Action;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.coldstart.ColdShelf;
import dev.milvuso.server.coldstart.Evidence;
import dev.milvuso.server.ranking.Shown;
import dev.milvuso.server.ranking.learned.LearnedWeights;
import dev.milvuso.server.ranking.learned.RankerState;
import dev.milvuso.server.recommend.History;
import dev.milvuso.server.recommend.HotItems;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Preload;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.recommend.Rehearsal;
import dev.milvuso.server.recommend.SeenItems;
import dev.milvuso.server.sequence.Sequences;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.taste.LatestTaste;
import dev.milvuso.server.taste.LinearForm;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.server.tier.redis.Redis;
import dev.milvuso.server.users.Acted;
import dev.milvuso.server.users.Neighbourhood;
import dev.milvuso.server.users.ProfileInterests;
import dev.milvuso.server.users.SimilarUsers;
import dev.milvuso.server.users.UserRecord;
import dev.milvuso.vector.VectorStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What users did and what was learned of them, and the lists made of it: what comes in keeps all of it up to date. */
final class Serving implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    /** Another instance may make lists by the old rules for so long. */
    private static final Duration SLOWEST_TO_KNOW = Duration.ofSeconds(2);

    private static final Duration REHEARSAL = Duration.ofSeconds(2);
    private static final int MOST_PRELOADED = 10_000;
    private static final UserId NOBODY = new UserId("-");

    /** Hardly more is remembered of anybody. */
    private static final int MOST_SEEN = 20_000;

    /** Questions that throw if there is no answer. */
    record Ping(Runnable store, Runnable database) {}

    private final Clock clock;
    private final BooleanSupplier live;
    private final int users;
    private final Catalogue catalogue;
    private final Redis redis;
    private final Bulkheads bulkheads;
    private final Tiers tiers;
    private final SeenItems seen;
    private final LatestTaste taste;
    private final LinearForm form;
    private final ColdShelf cold;
    private final LearnedWeights weights;
    private final String learnedRanking;
    private final Recommenders recommenders;
    private final Sequences sequences;
    private final Shown shown;
    private final ProfileInterests interests;
    private final Timer freshness;
    private final Preload preload;
    private final Spare spare = new Spare("preload", 64);
    private final Spare refresh = new Spare("refresh", 1024);

    /**
     * @param wishes the site's own
     * @param record of what users did
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
            UserRecord record,
            Evidence evidence,
            Clock clock,
            MeterRegistry metrics,
            Ping ping,
            BooleanSupplier live) {
        this.clock = clock;
        this.live = live;
        this.catalogue = catalogue;
        users = config.recommendation().cachedUsers();
        BoundedCache.Policy policy = BoundedCache.Policy.valueOf(
                config.recommendation().cachePolicy().toUpperCase(Locale.ROOT));
        redis = new Redis(config.redis());
        bulkheads = new Bulkheads(config, new Bulkheads.Pings(redis::ping, ping.store(), ping.database()), clock);
        tiers = new Tiers(
                config, store, redis, bulkheads, catalogue.slots(), popular, policy, clock, metrics, live, this::moved);
        seen = new SeenItems(policy, users, user -> remembered(user, record));
        form = LinearForm.of(config);
        taste = new LatestTaste(config.taste(), config.actions(), form, users, clock);
        cold = new ColdShelf(config.coldstart(), tiers.model(), catalogue, evidence, clock);
        sequences = new Sequences(config.sequence(), config.actions(), catalogue.slots(), users);
        Gauge.builder("milvuso.sequence.share", sequences, Sequences::share)
                .description("The share of what happens that is foretold by what came last, rather than by popularity")
                .register(metrics);
        shown = new Shown(policy, users, config.ranking().rotationWindow());
        History history = new History(seen, bulkheads.history());
        interests = new ProfileInterests(record, bulkheads.history(), refresh, catalogue.categories(), users, clock);
        weights = new LearnedWeights(tiers.model()::ranker);
        String learned = config.ranking().learned();
        learnedRanking = learned;
        ServedModel model = tiers.model();
        Gauge.builder("milvuso.ranking.learned", weights, all -> all.isUsed(learned, model.version()) ? 1 : 0)
                .description("1 while lists are ordered by the ranker, 0 while retrieval alone decides")
                .register(metrics);
        recommenders = new Recommenders(
                config,
                new ListMaking(
                        config,
                        tiers,
                        bulkheads,
                        catalogue,
                        popular,
                        wishes,
                        taste,
                        cold,
                        weights,
                        sequences,
                        shown,
                        history,
                        others(popular, wishes),
                        refresh,
                        clock,
                        live));
        preload = new Preload(tiers.model(), tiers.memory(), tiers.beyond(), seen, spare);
        freshness = Timer.builder("milvuso.freshness")
                .description("From an accepted action to the vector that contains it being served")
                .publishPercentileHistogram()
                .register(metrics);
    }

    private OtherSources others(Popular popular, Wishes wishes) {
        return new OtherSources(
                tiers.model(),
                catalogue.slots(),
                popular,
                wishes.trending(),
                wishes.latest(),
                wishes.texts(),
                new Neighbourhood(similarUsers(), bulkheads.searches(), users),
                user -> taste.liked(user, catalogue.slots()),
                interests,
                form.factors());
    }

    ServedModel model() {
        return tiers.model();
    }

    /** Of the served version, under the site's own configuration. */
    Optional<RankerState> ranker() {
        return weights.state(learnedRanking, tiers.model().version());
    }

    Tiers tiers() {
        return tiers;
    }

    /** To be asked what answers. */
    Bulkheads bulkheads() {
        return bulkheads;
    }

    /** How vectors are laid out. */
    LinearForm form() {
        return form;
    }

    SimilarUsers similarUsers() {
        return new SimilarUsers(model()::version, tiers.vectors(), tiers.stored(), form.constants());
    }

    /** The rules are others: no list that was made before is served. */
    void rulesChanged() {
        tiers.lists().invalidateAll(SLOWEST_TO_KNOW);
    }

    Recommender recommender() {
        return recommenders.plain();
    }

    /** Under the configuration as it is and under overrides of it. */
    Recommenders recommenders() {
        return recommenders;
    }

    /** To be run again and again. */
    HotItems hotItems(Popular popular) {
        return new HotItems(model(), popular, catalogue.slots(), tiers.stored()::items);
    }

    /** To be run again and again. */
    ColdShelf newItems() {
        return cold;
    }

    /** To be run again and again. */
    void refreshTaste() {
        taste.refresh(model(), catalogue.slots());
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
        spare.later("the first questions", this::askForNobody);
        try {
            recommenders.plain().rehearse(new Rehearsal(model(), catalogue), REHEARSAL);
        } catch (RuntimeException e) {
            LOG.warn("the first lists may take long: they could not be rehearsed", e);
        }
    }

    /** The first question to a store takes longer than a request waits for an answer. */
    private void askForNobody() {
        model().version().ifPresent(version -> tiers.stored().find(NOBODY, version));
        seen.load(NOBODY);
        seen.forget(NOBODY);
    }

    /** Of the version that is served, by slot; null where it has no such item. */
    IntFunction<float @Nullable []> itemVectors() {
        ItemIndex items = model().version().flatMap(model()::items).orElse(null);
        return slot -> items == null ? null : items.vector(slot);
    }

    /** To be told what happens. */
    Sequences sequences() {
        return sequences;
    }

    /** To be told what was shown and answered, where that plays a part. */
    Shown shown() {
        return shown;
    }

    /** To be called before anything is served. */
    void warmUp() {
        redis.warmUp();
    }

    /** A record of the topic of embeddings was read. */
    void learned(EmbeddingRecord published) {
        if (published instanceof Embedding row && row.kind() == Kind.USER) {
            tiers.erased().learned(new UserId(row.id()), Instant.ofEpochMilli(row.acceptedAt()));
        }
        model().apply(published);
    }

    /** A row is gone. */
    void removed(Removal removal) {
        model().apply(removal);
        if (removal.kind() == Kind.USER) {
            changed(new UserId(removal.id()));
        }
    }

    private void moved(Embedding user) {
        taste.learned(user);
        changed(new UserId(user.id()));
        if (live.getAsBoolean() && user.acceptedAt() > 0) {
            freshness.record(Duration.ofMillis(Math.max(0, clock.millis() - user.acceptedAt())));
        }
    }

    /** What memory has forgotten, or never knew: what was done last, and all that was seen, the newest last. */
    private List<ItemId> remembered(UserId user, UserRecord record) {
        List<Acted> newestFirst = record.history(user, Optional.empty(), MOST_SEEN);
        if (taste.remembered(user, newestFirst)) {
            tiers.lists().invalidate(user);
        }
        List<ItemId> items =
                new ArrayList<>(newestFirst.stream().map(Acted::item).toList());
        Collections.reverse(items);
        return items;
    }

    /** The user has done something with the item. */
    void acted(Action action) {
        if (!action.standsIn()) {
            seen.add(action.userId(), action.itemId());
        }
        taste.acted(action);
        preload.acted(action.userId());
        changed(action.userId());
    }

    /** The guest is somebody else from now on: their latest actions are of no use any more. */
    void merged(UserId guest) {
        taste.forget(guest);
        changed(guest);
    }

    /** Nothing is known of the user any more. */
    void forget(Erasure erasure) {
        UserId user = erasure.userId();
        tiers.erased().add(user, erasure.timestamp());
        seen.forget(user);
        interests.forget(user);
        model().version()
                .ifPresent(version ->
                        model().apply(new Removal(version, Kind.USER, user.value(), Long.MAX_VALUE, Long.MAX_VALUE)));
        merged(user);
    }

    private void changed(UserId user) {
        tiers.lists().invalidate(user);
        if (live.getAsBoolean()) {
            tiers.sharedLists().drop(user);
        }
    }

    @Override
    public void close() {
        spare.close();
        refresh.close();
        bulkheads.close();
        tiers.close();
    }
}
