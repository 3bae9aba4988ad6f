package dev.milvuso.feature.worker.kafka;

import dev.milvuso.action.UserEventReader;
import dev.milvuso.component.Health;
import dev.milvuso.config.Config;
import dev.milvuso.feature.profile.Decay;
import dev.milvuso.feature.profile.HalfLife;
import dev.milvuso.feature.worker.postgres.BatchWriter;
import dev.milvuso.feature.worker.postgres.FeatureStore;
import dev.milvuso.feature.worker.postgres.Loading;
import dev.milvuso.feature.worker.postgres.Storing;
import dev.milvuso.feature.worker.state.ActionProcessor;
import dev.milvuso.feature.worker.state.Memory;
import dev.milvuso.kafka.DeadLetters;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running worker: one thread that reads the log, one that stores. */
public final class Wiring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final String NAME = "feature-worker";
    private static final int GROUP_SECONDS = 10;

    private final KafkaProducer<String, byte[]> producer;
    private final ExecutorService store;
    private final Storing storing;
    private final SnapshotSender snapshots;
    private final LogFollower follower;
    private final Thread reader;
    private volatile boolean crashing;
    private volatile @Nullable String end;

    private Wiring(Config config, KafkaClients kafka, Database database, MeterRegistry metrics) {
        producer = kafka.producer(NAME);
        store = Executors.newSingleThreadExecutor(task -> daemon(task, NAME + "-store"));
        Memory memory = new Memory(
                config.features().cachedProfiles(),
                HalfLife.of(config.features().interestHalfLife()));
        BatchWriter writer = new BatchWriter(database, config.kafka().logTopic(), Decay.of(config.features()));
        Loading loading = new Loading(new FeatureStore(database), memory);
        snapshots = new SnapshotSender(producer, config.topics().features(), metrics);
        storing = new Storing(
                writer, memory, store, snapshots::flush, config.features().flushInterval(), metrics);
        Intake intake = new Intake(
                new UserEventReader(config.actions(), Clock.systemUTC()),
                memory,
                new ActionProcessor(config, memory),
                loading,
                storing,
                writer,
                snapshots,
                new DeadLetters(producer, metrics, config.kafka().logTopic()),
                metrics);
        follower = new LogFollower(
                kafka.consumer(NAME), config.kafka().logTopic(), memory, intake, loading, storing, writer, metrics);
        reader = daemon(this::read, NAME + "-reader");
    }

    public static Wiring start(Config config, KafkaClients kafka, Database database, MeterRegistry metrics) {
        putMembersOut(kafka);
        Wiring wiring = new Wiring(config, kafka, database, metrics);
        wiring.reader.start();
        return wiring;
    }

    /**
     * A worker that was killed would keep its partitions until its session has ended, three quarters of a minute. Those
     * that live join again within a heartbeat and read on from the stored offsets, as after any other change of
     * members.
     */
    private static void putMembersOut(KafkaClients kafka) {
        try (Admin admin = kafka.admin(NAME + "-start")) {
            admin.removeMembersFromConsumerGroup(NAME, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get(GROUP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("nobody was put out of the group {}: {}", NAME, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
            end = String.valueOf(e.getMessage());
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
            return new Health.Down("the feature worker has stopped reading: " + end);
        }
        List<Health> parts = List.of(follower.health(), storing.health(), snapshots.health());
        return parts.stream()
                .filter(Health.Down.class::isInstance)
                .findFirst()
                .or(() ->
                        parts.stream().filter(Health.Degraded.class::isInstance).findFirst())
                .orElse(new Health.Up());
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
