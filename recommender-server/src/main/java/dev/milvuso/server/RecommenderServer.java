package dev.milvuso.server;

import dev.milvuso.action.Action;
import dev.milvuso.action.UserEvent;
import dev.milvuso.component.Component;
import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.postgres.Database;
import dev.milvuso.server.action.EventStream;
import dev.milvuso.server.action.kafka.LogWriter;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.CatalogueFollower;
import dev.milvuso.server.catalogue.postgres.PostgresCatalogue;
import dev.milvuso.server.coldstart.Evidence;
import dev.milvuso.server.coldstart.Reception;
import dev.milvuso.server.coldstart.postgres.StoredEvidence;
import dev.milvuso.server.experiment.Lists;
import dev.milvuso.server.http.EventStreams;
import dev.milvuso.server.http.HttpServer;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.postgres.PostgresStatistics;
import dev.milvuso.server.users.ErasedVectors;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.learned.SchemaCheck;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes actions and answers with recommendations: everything is wired here. */
public final class RecommenderServer implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(RecommenderServer.class);
    private static final Duration WATCH = Duration.ofMillis(250);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TASTE_REFRESH = Duration.ofSeconds(2);
    private static final Duration START_PATIENCE = Duration.ofSeconds(5);

    private final Config config;
    private final KafkaClients kafka;
    private final Database database;
    private final VectorStore store;
    private final PrometheusMeterRegistry metrics;
    private final Clock clock = Clock.systemUTC();
    private final Surroundings around;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Catalogue catalogue = new Catalogue();
    private final EventStream events = new EventStream();
    private final Dependencies dependencies;
    private final SchemaCheck collections;
    private volatile int port;
    private volatile boolean isRead;
    private volatile boolean ready;

    /** Keeps what it is given; who made it closes it. */
    public RecommenderServer(
            Config config, KafkaClients kafka, Database database, VectorStore store, PrometheusMeterRegistry metrics) {
        this.config = config;
        this.kafka = kafka;
        this.database = database;
        this.store = store;
        this.metrics = metrics;
        this.around = new Surroundings(config, kafka, database, store, metrics, clock);
        this.dependencies = new Dependencies(metrics);
        this.collections = new SchemaCheck(config, store);
    }

    @Override
    public String name() {
        return "recommender-server";
    }

    /**
     * Returns when it listens. What is away then, the log included, does not hold it up for long: it answers with what
     * it has, says so, and takes up the rest when that comes.
     *
     * @throws dev.milvuso.config.ConfigException if nobody can listen where it should, or if the vector store has the
     *     trainer's collections, and with other fields
     */
    @Override
    public void start() {
        try {
            HttpServer.requireFree(config.server());
            Meters.bind(metrics, config, this::opened);
            run();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void run() {
        Preparation schema = prepare(opened(new Background()));
        String instance = instance();
        String client = name() + "-" + instance;
        LogWriter log = opened(new LogWriter(config, kafka, client, clock, metrics));
        PostgresStatistics statistics = new PostgresStatistics(database);
        Wishes wishes = opened(new Wishes(config, database, catalogue, clock));
        Popular popular = new Popular(
                catalogue,
                since -> wishes.heat().read(wishes.trending().read(statistics.popularitySince(since))),
                config.features().popularityHalfLife(),
                clock);
        Evidence evidence = new Evidence();
        Serving serving = opened(new Serving(
                config,
                store,
                catalogue,
                popular,
                wishes,
                wishes.users(),
                evidence,
                clock,
                metrics,
                new Serving.Ping(this::pingStore, database::ping),
                () -> isRead));
        Following following = opened(new Following(around, client, log, events, serving));
        events.listen(new Reception(evidence, catalogue.slots(), config.actions())::happened);
        if (config.ranking().rotation() > 0) {
            events.listen(serving.shown()::happened);
        }
        if (serving.sequences().isOn()) {
            events.listen(serving.sequences().listener());
        }
        serving.warmUp();
        PostgresCatalogue record = new PostgresCatalogue(database);
        CatalogueFollower items = new CatalogueFollower(record, catalogue, clock);
        schema.before(items).run();
        schema.before(popular).run();
        ErasedVectors erased = wishes.erasedVectors(serving, store);
        wishes.follow(schema, serving, erased);
        following.start();
        Background background = opened(new Background());
        background.every(Duration.ofMillis(500), schema.before(items));
        background.every(config.recommendation().popularRefresh(), schema.before(popular));
        background.every(Duration.ofMillis(20), serving.tiers().writer());
        background.every(Duration.ofMillis(50), () -> {
            if (!ready && following.caughtUp() && items.caughtUp()) {
                isRead = true;
                serving.rehearse();
                ready = true;
                serving.preload(statistics::activeLast);
            }
        });
        background.every(SECOND, serving.hotItems(popular));
        background.every(TASTE_REFRESH, serving::refreshTaste);
        background.every(SECOND, schema.before(new StoredEvidence(database, evidence, catalogue.slots())));
        background.every(config.coldstart().refresh(), serving.newItems());
        if (serving.sequences().isOn() && config.sequence().readBack() > 0) {
            PastSequences past = opened(new PastSequences(around, client + "-past", serving.sequences()));
            past.start();
        }
        watch(background, log, serving);
        Measuring measuring = opened(new Measuring(
                config,
                kafka,
                database,
                client + "-quality",
                instance,
                catalogue,
                popular,
                serving::itemVectors,
                clock,
                metrics));
        events.listen(measuring::happened);
        measuring.start(background, schema);
        Lists lists = measuring.lists(serving.recommenders());
        EventStreams streams = new EventStreams(lists, config.server().maxStreams());
        events.listen(event -> streamed(event, streams));
        Front front = new Front(around, log.actions(), events, serving, this::opened);
        port = front.listen(
                        record,
                        catalogue,
                        wishes.site(serving, popular, erased, streams),
                        measuring,
                        lists,
                        instance,
                        new Front.Status(dependencies::all, () -> ready))
                .port();
        opened(streams); // closed before the server that waits for its requests
    }

    private Preparation prepare(Background background) {
        Preparation schema = new Preparation("the schema in PostgreSQL", database::migrate);
        Preparation topics = new Preparation(
                "the topics in Kafka", () -> TopicCreator.createMissing(config.kafka(), config.topics(), name()));
        background.every(SECOND, schema);
        background.every(SECOND, topics);
        background.every(SECOND, collections);
        long until = System.nanoTime() + START_PATIENCE.toNanos();
        schema.await(until);
        topics.await(until);
        collections.await(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        return schema;
    }

    private String instance() {
        String given = config.server().instance();
        if (!given.isEmpty()) {
            return given;
        }
        return config.server().port() == 0
                ? UUID.randomUUID().toString()
                : config.server().host() + "-" + config.server().port();
    }

    private static void streamed(UserEvent event, EventStreams streams) {
        if (event instanceof Action action) {
            streams.changed(action.userId());
        }
    }

    private void watch(Background background, LogWriter log, Serving serving) {
        background.every(WATCH, () -> dependencies.set("kafka", log.isAcknowledged() ? "UP" : "DOWN"));
        Bulkheads bulkheads = serving.bulkheads();
        background.every(SECOND, () -> dependencies.check("redis", bulkheads::askRedis));
        background.every(SECOND, () -> dependencies.check("postgres", bulkheads::askDatabase));
        background.every(
                SECOND,
                () -> dependencies.check("milvus", () -> {
                    boolean inTime = bulkheads.askStore();
                    requireOwnCollections();
                    return inTime;
                }));
        background.every(
                SECOND,
                () -> dependencies.set("model", serving.model().version().isPresent() ? "UP" : "DEGRADED"));
    }

    private void pingStore() {
        if (store.health() instanceof Health.Down down) {
            throw new Unavailable("milvus", down.reason(), null);
        }
    }

    /** What came only after the start may be otherwise: its vectors say nothing here. */
    private void requireOwnCollections() {
        collections.mismatch().ifPresent(sentence -> {
            throw new IllegalStateException(sentence);
        });
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** Where it listens, once it has started. */
    public int port() {
        return port;
    }

    @Override
    public Health health() {
        if (!dependencies.isUp("kafka")) {
            return new Health.Down("the log does not answer: no action can be taken");
        }
        if (collections.mismatch().isPresent()) {
            return new Health.Degraded(collections.mismatch().get());
        }
        return dependencies.all().values().stream().allMatch("UP"::equals)
                ? new Health.Up()
                : new Health.Degraded("not everything answers: " + dependencies.all());
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable last = open.pop();
            try {
                last.close();
            } catch (Exception e) {
                LOG.warn("{} did not close in good order", last.getClass().getSimpleName(), e);
            }
        }
    }
}
