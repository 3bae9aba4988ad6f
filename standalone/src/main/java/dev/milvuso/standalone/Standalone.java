package dev.milvuso.standalone;

import dev.milvuso.component.Component;
import dev.milvuso.component.Health;
import dev.milvuso.config.Config;
import dev.milvuso.feature.worker.FeatureWorker;
import dev.milvuso.joiner.flink.JoinerJob;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.postgres.Database;
import dev.milvuso.server.RecommenderServer;
import dev.milvuso.trainer.archive.Archiver;
import dev.milvuso.trainer.archive.WithArchiver;
import dev.milvuso.trainer.online.OnlineTrainer;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All deployables in one process, on infrastructure of its own. They are the same classes as on a cluster, pointed at
 * the embedded servers by configuration alone.
 */
public final class Standalone implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final RecommenderServer server;
    private final Config config;

    private Standalone(Path directory, Function<List<String>, Config> configuration) {
        try {
            Infrastructure infrastructure = opened(Infrastructure.start(directory, configuration.apply(List.of())));
            config = configuration.apply(infrastructure.settings());
            LOG.info(
                    "Kafka, PostgreSQL and Redis are up; Kafka is {}",
                    config.kafka().brokers());
            VectorStore store = opened(EmbeddedVectorStore.in(infrastructure.vectors()));
            Database database = opened(new Database(config.postgres(), "milvuso"));
            PrometheusMeterRegistry metrics =
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM);
            KafkaClients kafka = new KafkaClients(config.kafka());
            prepare(database);
            server = new RecommenderServer(config, kafka, database, store, metrics);
            Component trainer = new OnlineTrainer(config, kafka, database, store, metrics);
            startAll(List.of(
                    config.archive().isOn()
                            ? new WithArchiver(trainer, new Archiver(config, kafka, System.getenv(), metrics))
                            : trainer,
                    new JoinerJob(config, metrics),
                    new FeatureWorker(config, kafka, database, metrics),
                    server));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Returns when the first request would be answered.
     *
     * @param directory holds all data; made if it is not there
     * @param configuration makes the configuration, given settings that win over its own
     * @throws IllegalStateException if another process has the directory, or a part does not start
     */
    public static Standalone start(Path directory, Function<List<String>, Config> configuration) {
        return new Standalone(directory, configuration);
    }

    /** Here once, so that the deployables find it done when they start side by side. */
    private void prepare(Database database) {
        CompletableFuture<Void> schema = CompletableFuture.runAsync(database::migrate);
        TopicCreator.createMissing(config.kafka(), config.topics(), "standalone");
        schema.join();
    }

    private void startAll(List<Component> components) {
        ExecutorService starters = Executors.newFixedThreadPool(components.size());
        try {
            CompletableFuture.allOf(components.stream()
                            .map(component -> CompletableFuture.runAsync(() -> start(component), starters))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            starters.shutdown();
            // What takes in goes first, what learns from it last: nothing that was accepted waits for a part that is
            // gone.
            components.forEach(this::opened);
        }
    }

    private static void start(Component component) {
        LOG.info("starting {}", component.name());
        component.start();
        LOG.info("{} runs", component.name());
    }

    private <T extends AutoCloseable> T opened(T part) {
        synchronized (open) {
            open.push(part);
        }
        return part;
    }

    public Config config() {
        return config;
    }

    /** Such as {@code http://127.0.0.1:8080}. */
    public String url() {
        return "http://" + config.server().host() + ":" + server.port();
    }

    public Health health() {
        return server.health();
    }

    /** Stops all parts, the last started first. May be called more than once. */
    @Override
    public void close() {
        synchronized (open) {
            while (!open.isEmpty()) {
                AutoCloseable part = open.pop();
                try {
                    part.close();
                } catch (Exception e) {
                    LOG.error("{} did not stop cleanly", part.getClass().getSimpleName(), e);
                }
            }
        }
    }
}
