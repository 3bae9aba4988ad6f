package dev.milvuso.server;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.EventIds;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserId;
import dev.milvuso.component.Component;
import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.Config;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.kafka.DeadLetters;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.postgres.Database;
import dev.milvuso.server.action.kafka.KafkaActionLog;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.CatalogueFollower;
import dev.milvuso.server.catalogue.postgres.PostgresCatalogue;
import dev.milvuso.server.http.HttpServer;
import dev.milvuso.server.http.Routes;
import dev.milvuso.server.recommend.FinishedLists;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.recommend.SeenItems;
import dev.milvuso.server.recommend.postgres.PostgresStatistics;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.sync.kafka.TopicFollower;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.TieredUserVectors;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.server.tier.redis.RedisConnections;
import dev.milvuso.server.tier.redis.RedisUserVectors;
import dev.milvuso.server.tier.vector.StoredVectors;
import dev.milvuso.vector.VectorStore;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;

/** Takes actions and answers with recommendations: everything is wired here. */
public final class RecommenderServer implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(RecommenderServer.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String[] PARTS = {"kafka", "milvus", "redis", "postgres", "model"};

    private final Config config;
    private final KafkaClients kafka;
    private final Database database;
    private final VectorStore store;
    private final PrometheusMeterRegistry metrics;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, String> status = new ConcurrentHashMap<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Catalogue catalogue = new Catalogue();
    private volatile int port;
    private volatile boolean ready;

    /** Keeps what it is given; who made it closes it. */
    public RecommenderServer(
            Config config, KafkaClients kafka, Database database, VectorStore store, PrometheusMeterRegistry metrics) {
        this.config = config;
        this.kafka = kafka;
        this.database = database;
        this.store = store;
        this.metrics = metrics;
        for (String part : PARTS) {
            status.put(part, "DOWN");
            metrics.gauge(
                    "milvuso.dependency.up",
                    io.micrometer.core.instrument.Tags.of("name", part),
                    status,
                    all -> "UP".equals(all.get(part)) ? 1 : 0);
        }
    }

    @Override
    public String name() {
        return "recommender-server";
    }

    @Override
    public void start() {
        database.migrate();
        TopicCreator.createMissing(config.kafka(), config.topics(), name());
        KafkaProducer<String, byte[]> producer = kafka.promptProducer(name());
        KafkaActionLog log =
                new KafkaActionLog(config.topics().userActions(), producer, config.kafka(), clock, metrics);
        open.push(log);
        RedisClient redis = RedisConnections.open(config.redis());
        open.push(redis);
        int users = config.recommendation().cachedUsers();
        MemoryUserVectors memory = new MemoryUserVectors(users);
        StoredVectors stored =
                new StoredVectors(store, config.milvus().collectionName(), new Breaker("milvus", PAUSE, clock));
        TieredUserVectors beyond = new TieredUserVectors(
                new RedisUserVectors(redis, config.redis(), new Breaker("redis", PAUSE, clock)),
                stored,
                away -> status.put(away, "DOWN"));
        FinishedLists lists = new FinishedLists(users, config.recommendation().listTtl());
        PostgresStatistics statistics = new PostgresStatistics(database);
        SeenItems seen = new SeenItems(users, statistics::seen);
        ServedModel model = new ServedModel(memory, embedding -> learned(embedding, lists));
        Popular popular = new Popular(
                catalogue, statistics::popularitySince, config.features().popularityHalfLife(), clock);
        ThreadPoolExecutor slow = new ThreadPoolExecutor(
                16, 16, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(256), RecommenderServer::daemon);
        open.push(slow::shutdownNow);
        Recommender recommender = new Recommender(
                config,
                model,
                catalogue,
                memory,
                beyond,
                stored::search,
                seen,
                new Breaker("postgres", PAUSE, clock),
                popular,
                lists,
                slow,
                clock);
        CatalogueFollower items = new CatalogueFollower(new PostgresCatalogue(database), catalogue, clock);
        TopicFollower<EmbeddingRecord> embeddings = new TopicFollower<>(
                kafka,
                config.topics().embeddings(),
                name() + "-embeddings",
                Optional.empty(),
                model::apply,
                new DeadLetters(producer, metrics)::add);
        TopicFollower<UserEvent> actions = new TopicFollower<>(
                kafka,
                config.topics().userActions(),
                name() + "-actions",
                Optional.of(clock.instant().minus(Duration.ofMinutes(5))),
                event -> happened(event, seen, lists),
                // The joiner puts them aside.
                (malformed, reason) -> LOG.debug("a record of user_actions is passed over: {}", reason));
        items.run();
        popular.run();
        embeddings.start();
        actions.start();
        open.push(embeddings);
        open.push(actions);
        log.start();
        ScheduledExecutorService background = Executors.newScheduledThreadPool(3, RecommenderServer::daemon);
        open.push(background::shutdownNow);
        every(background, Duration.ofMillis(500), items);
        every(background, config.recommendation().popularRefresh(), popular);
        every(background, Duration.ofSeconds(1), () -> check(redis, model));
        every(background, Duration.ofMillis(50), () -> ready = embeddings.caughtUp() && items.caughtUp());
        every(background, Duration.ofSeconds(1), () -> checkKafka(producer));
        EventIds ids = new EventIds(clock, new SecureRandom());
        Routes routes = new Routes(
                config,
                log,
                action -> happened(action, seen, lists),
                new PostgresCatalogue(database),
                catalogue,
                recommender,
                popular,
                ids,
                this::components,
                () -> ready,
                clock,
                metrics);
        HttpServer http = new HttpServer(config.server(), routes, metrics);
        open.push(http);
        http.start();
        port = http.port();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "server-background");
        thread.setDaemon(true);
        return thread;
    }

    private static void every(ScheduledExecutorService background, Duration pause, Runnable task) {
        var unused = background.scheduleWithFixedDelay(task, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void happened(UserEvent event, SeenItems seen, FinishedLists lists) {
        if (event instanceof Action action && !action.type().equals(ActionType.IMPRESSION)) {
            seen.add(action.userId(), action.itemId());
            lists.invalidate(action.userId());
        }
    }

    private void learned(Embedding embedding, FinishedLists lists) {
        lists.invalidate(new UserId(embedding.id()));
        if (ready && embedding.acceptedAt() > 0) {
            Timer.builder("milvuso.freshness")
                    .publishPercentileHistogram()
                    .register(metrics)
                    .record(Duration.ofMillis(Math.max(0, clock.millis() - embedding.acceptedAt())));
        }
    }

    private void check(RedisClient redis, ServedModel model) {
        status.put("redis", answers(redis::ping) ? "UP" : "DOWN");
        status.put("postgres", answers(database::ping) ? "UP" : "DOWN");
        status.put(
                "milvus",
                answers(() -> {
                            if (store.health() instanceof Health.Down down) {
                                throw new Unavailable("milvus", down.reason(), null);
                            }
                        })
                        ? "UP"
                        : "DOWN");
        status.put("model", model.version().isPresent() ? "UP" : "DEGRADED");
    }

    private void checkKafka(KafkaProducer<String, byte[]> producer) {
        // Cached metadata say nothing of the moment; open connections do.
        double connections = producer.metrics().entrySet().stream()
                .filter(each -> each.getKey().name().equals("connection-count"))
                .mapToDouble(each -> each.getValue().metricValue() instanceof Double count ? count : 0)
                .sum();
        status.put("kafka", connections > 0 ? "UP" : "DOWN");
    }

    private static boolean answers(Runnable question) {
        try {
            question.run();
            return true;
        } catch (RuntimeException e) {
            LOG.debug("something does not answer", e);
            return false;
        }
    }

    private Map<String, String> components() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String part : PARTS) {
            all.put(part, status.getOrDefault(part, "DOWN"));
        }
        return all;
    }

    /** Where it listens, once it has started. */
    public int port() {
        return port;
    }

    @Override
    public Health health() {
        return "DOWN".equals(status.get("kafka"))
                ? new Health.Down("the log does not answer: no action can be taken")
                : components().values().stream().allMatch("UP"::equals)
                        ? new Health.Up()
                        : new Health.Degraded("not everything answers: " + components());
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable last = open.pop();
            try {
                last.close();
            } catch (Exception e) {
                LOG.warn("{} did not close in good order", last, e);
            }
        }
    }
}
