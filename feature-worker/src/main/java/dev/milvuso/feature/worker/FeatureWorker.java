package dev.milvuso.feature.worker;

import dev.milvuso.component.Component;
import dev.milvuso.component.Health;
import dev.milvuso.config.Config;
import dev.milvuso.feature.worker.kafka.Wiring;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.postgres.Database;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Keeps profiles and item statistics up to date and answers each action with a snapshot of what was known just before.
 * Several of them share the partitions of {@code user_actions}.
 */
public final class FeatureWorker implements Component {
    private final Config config;
    private final KafkaClients kafka;
    private final Database database;
    private final MeterRegistry metrics;
    private @Nullable Wiring running;

    public FeatureWorker(Config config, KafkaClients kafka, Database database, MeterRegistry metrics) {
        this.config = config;
        this.kafka = kafka;
        this.database = database;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "feature-worker";
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        database.migrate();
        TopicCreator.createMissing(config.kafka(), config.topics(), name());
        running = Wiring.start(config, kafka, database, metrics);
    }

    @Override
    public synchronized Health health() {
        if (running == null) {
            return new Health.Down("the feature worker is not running");
        }
        return running.health();
    }

    @Override
    public synchronized void close() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** Stops without storing anything, as a crash does; for tests. */
    synchronized void crash() {
        if (running != null) {
            running.crash();
            running = null;
        }
    }
}
