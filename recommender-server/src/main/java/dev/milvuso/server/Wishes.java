package dev.milvuso.server;

import dev.milvuso.component.DaemonThreads;
import dev.milvuso.config.Config;
import dev.milvuso.postgres.Database;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.RecordCalls;
import dev.milvuso.server.discover.Latest;
import dev.milvuso.server.discover.SimilarItems;
import dev.milvuso.server.discover.TextIndex;
import dev.milvuso.server.discover.Trending;
import dev.milvuso.server.http.EventStreams;
import dev.milvuso.server.http.Site;
import dev.milvuso.server.ranking.learned.Heat;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Restriction;
import dev.milvuso.server.rules.Availability;
import dev.milvuso.server.rules.ItemFilters;
import dev.milvuso.server.rules.QueryFilter;
import dev.milvuso.server.rules.RuleRestriction;
import dev.milvuso.server.rules.Rules;
import dev.milvuso.server.rules.postgres.PostgresRules;
import dev.milvuso.server.users.ErasedVectors;
import dev.milvuso.server.users.UserRecord;
import dev.milvuso.server.users.postgres.PostgresUsers;
import dev.milvuso.vector.VectorStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What the site wants of its lists and asks of catalogue and users beside them, and what keeps that up to date. */
final class Wishes implements AutoCloseable {
    private static final Duration OFTEN = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Config config;
    private final Catalogue catalogue;
    private final ItemFilters filters = new ItemFilters();
    private final QueryFilter queryFilter;
    private final Availability availability;
    private final PostgresRules ruleStore;
    private final Rules rules;
    private final Trending trending;
    private final Heat heat;
    private final Latest latest;
    private final TextIndex texts;
    private final UserRecord users;
    private final RecordCalls calls = new RecordCalls("postgres", "rules-and-users", PATIENCE);
    private final RecordCalls vectors;

    private final ExecutorService batches = new ThreadPoolExecutor(
            2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(16), new DaemonThreads("batches"));
    private final Background background = new Background();
    private volatile Runnable rulesChanged = () -> {};

    Wishes(Config config, Database database, Catalogue catalogue, Clock clock) {
        this.config = config;
        this.catalogue = catalogue;
        queryFilter = new QueryFilter(catalogue);
        availability = new Availability(catalogue, clock);
        ruleStore = new PostgresRules(database);
        rules = new Rules(ruleStore, catalogue, filters, clock, () -> rulesChanged.run());
        trending = new Trending(catalogue, config.features(), clock);
        heat = new Heat(catalogue.slots(), config.features());
        latest = new Latest(catalogue, clock);
        texts = new TextIndex(catalogue);
        users = new PostgresUsers(database);
        vectors = new RecordCalls("milvus", "similar-users", config.server().requestDeadline());
    }

    List<Restriction> restrictions() {
        return List.of(availability, queryFilter, new RuleRestriction(rules));
    }

    /** Profiles and histories. */
    UserRecord users() {
        return users;
    }

    Rules rules() {
        return rules;
    }

    /** To be told of statistics. */
    Heat heat() {
        return heat;
    }

    Trending trending() {
        return trending;
    }

    Latest latest() {
        return latest;
    }

    TextIndex texts() {
        return texts;
    }

    /** Begins to follow what may change. */
    void follow(Preparation schema, Serving serving, ErasedVectors erased) {
        rulesChanged = serving::rulesChanged;
        schema.before(rules).run();
        latest.run();
        trending.run();
        Duration refresh = config.recommendation().popularRefresh();
        background.every(OFTEN, schema.before(rules));
        background.every(OFTEN, availability);
        background.every(refresh, latest);
        background.every(refresh, trending);
        background.every(OFTEN, texts);
        background.every(Duration.ofSeconds(1), schema.before(erased));
    }

    ErasedVectors erasedVectors(Serving serving, VectorStore store) {
        return new ErasedVectors(users, store, config.milvus().collectionName(), serving.model()::version);
    }

    Site site(Serving serving, Popular popular, ErasedVectors erased, EventStreams streams) {
        return new Site(
                filters,
                queryFilter,
                List.of(popular, trending, latest),
                popular,
                new SimilarItems(
                        catalogue,
                        serving.model(),
                        serving.tiers().itemsBeyondMemory(),
                        serving.form().constants()),
                texts,
                ruleStore,
                rules,
                users,
                serving.similarUsers(),
                calls,
                vectors,
                erased::delete,
                serving::forget,
                streams,
                batches);
    }

    @Override
    public void close() {
        background.close();
        batches.shutdownNow();
        calls.close();
        vectors.close();
    }
}
