package dev.milvuso.feature.worker.kafka;

import dev.milvuso.component.Health;
import dev.milvuso.config.Config;
import dev.milvuso.feature.profile.HalfLife;
import dev.milvuso.feature.worker.ActionProcessor;
import dev.milvuso.feature.worker.Loading;
import dev.milvuso.feature.worker.Memory;
import dev.milvuso.feature.worker.Storing;
import dev.milvuso.feature.worker.postgres.BatchWriter;
import dev.milvuso.feature.worker.postgres.FeatureStore;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running worker: one thread that reads the log, one that stores. */
public final class Wiring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final String NAME = "feature-worker";

    private final KafkaProducer<String, byte[]> producer;
    private final ExecutorService store;
    private final LogFollower follower;
    private final Thread reader;
    private volatile boolean crashing;

    private Wiring(Config config, KafkaClients kafka, Database database, MeterRegistry metrics) {
        producer = kafka.producer(NAME);
        store = Executors.newSingleThreadExecutor(task -> daemon(task, NAME + "-store"));
        Memory memory = new Memory(config.features().cachedProfiles());
        BatchWriter writer = new BatchWriter(
                database,
                config.kafka().logTopic(),
                HalfLife.of(config.features().popularityHalfLife()));
        follower = new LogFollower(
                kafka.consumer(NAME),
                producer,
                config.topics(),
                memory,
                new ActionProcessor(config, memory),
                new Loading(new FeatureStore(database), memory),
                new Storing(
                        writer,
                        memory,
                        store,
                        producer::flush,
                        config.features().flushInterval(),
                        metrics),
                writer,
                metrics);
        reader = daemon(this::read, NAME + "-reader");
    }

    public static Wiring start(Config config, KafkaClients kafka, Database database, MeterRegistry metrics) {
        Wiring wiring = new Wiring(config, kafka, database, metrics);
        wiring.reader.start();
        return wiring;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void read() {
        try {
            follower.run();
        } catch (RuntimeException e) {
            LOG.error("the feature worker has stopped reading", e);
            crashing = true;
        }
        if (crashing) {
            follower.abandon();
        } else {
            follower.finish();
        }
    }

    public Health health() {
        if (!reader.isAlive()) {
            return new Health.Down("the feature worker has stopped after an error; see its log");
        }
        return follower.isStoreFailing()
                ? new Health.Degraded("PostgreSQL does not take profiles; they wait in memory")
                : new Health.Up();
    }

    /** Stops without storing, as a crash does. */
    public void crash() {
        crashing = true;
        close();
    }

    @Override
    public void close() {
        follower.stop();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(40));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.shutdown();
        producer.close();
    }
}
