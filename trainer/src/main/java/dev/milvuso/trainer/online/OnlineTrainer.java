package dev.milvuso.trainer.online;

import dev.milvuso.component.Component;
import dev.milvuso.component.DaemonThreads;
import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.Config;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.online.postgres.LeaseTable;
import dev.milvuso.trainer.online.postgres.TrainerLease;
import dev.milvuso.trainer.registry.Activated;
import dev.milvuso.trainer.registry.postgres.ActivationTable;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.learned.SchemaCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns from {@code training_examples} as they come and publishes the rows that moved, as long as it has the lease;
 * without it, stands by.
 */
public final class OnlineTrainer implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(OnlineTrainer.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** So often a standby asks for the lease. */
    private static final long ASK_MILLIS = 500;

    private static final Duration STORE_PATIENCE = Duration.ofSeconds(5);

    private final Config config;
    private final KafkaClients kafka;
    private final Database database;
    private final VectorStore store;
    private final MeterRegistry registry;
    private final PrequentialNdcg quality;
    private final TrainerMetrics metrics;
    private final String name;
    private final LeaseTable leases;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile OnlineCore core;
    private volatile Health idle = new Health.Down("not started");
    private volatile @Nullable Tenure tenure;
    private @Nullable Thread learning;

    public OnlineTrainer(
            Config config, KafkaClients kafka, Database database, VectorStore store, MeterRegistry metrics) {
        this.config = config;
        this.kafka = kafka;
        this.database = database;
        this.store = store;
        this.registry = metrics;
        this.core = newCore();
        this.quality = new PrequentialNdcg(config.training().seed());
        this.metrics = TrainerMetrics.of(metrics, () -> core, quality);
        this.name = config.registry().instance();
        this.leases = new LeaseTable(
                database,
                name.isEmpty() ? UUID.randomUUID().toString() : name,
                config.registry().leaseTime());
    }

    private OnlineCore newCore() {
        return new OnlineCore(config);
    }

    @Override
    public String name() {
        return "trainer";
    }

    /**
     * Returns when it learns or stands by.
     *
     * @throws IllegalStateException if it has the lease, there are snapshots and none can be used
     * @throws dev.milvuso.config.ConfigException if the vector store has its collections, and with other fields
     */
    @Override
    public void start() {
        requireOwnCollections();
        database.migrate();
        TopicCreator.createMissing(config.kafka(), config.topics(), name());
        Optional<TrainerLease> lease = TrainerLease.take(leases, name);
        lease.ifPresent(this::begin);
        if (lease.isEmpty()) {
            standBy();
        }
        Thread thread = new Thread(this::live, "trainer-online");
        thread.setDaemon(true);
        thread.start();
        learning = thread;
    }

    /** A store that does not answer is no reason not to learn: what it is to have waits for it. */
    private void requireOwnCollections() {
        SchemaCheck collections = new SchemaCheck(config, store);
        new DaemonThreads("trainer-collections").newThread(collections).start();
        collections.await(STORE_PATIENCE);
    }

    /** Only now the snapshots are read: whoever had the lease before wrote them until then. */
    private void begin(TrainerLease lease) {
        try {
            Snapshots snapshots = new Snapshots(Path.of(config.online().snapshotDirectory()), lease::isHeld);
            TrainerState state = snapshots.read(this::newCore).orElseGet(this::anew);
            core = state.core();
            LOG.info("model {} in epoch {}: {} examples applied", state.version(), lease.epoch(), core.applied());
            tenure = new Tenure(
                    config,
                    kafka,
                    database,
                    store,
                    registry,
                    lease,
                    snapshots,
                    state,
                    quality,
                    metrics,
                    next -> core = next);
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    /** What was served must not be replaced by a model that knows nothing because a disk is not there. */
    private TrainerState anew() {
        Optional<Activated> served = new ActivationTable(database).served();
        if (served.isPresent() && !config.registry().startAnew()) {
            throw new IllegalStateException(
                    "version " + served.get().version() + " was served and there is no snapshot in "
                            + config.online().snapshotDirectory()
                            + ": let online.snapshot_directory be where it is (a directory that all trainers"
                            + " share), or set registry.start_anew=true to learn anew from the log's beginning");
        }
        return new TrainerState(new ModelVersion("online-" + STAMP.format(Instant.now())), 0, Map.of(), newCore());
    }

    private void standBy() {
        idle = new Health.Standby("another trainer has the lease: this one goes on when that one ends");
        LOG.info("another trainer has the lease: standing by");
    }

    /** Learns while it has the lease, asks for it while it has not, until it is told to stop. */
    private void live() {
        try {
            while (isRunning()) {
                Tenure held = tenure;
                if (held == null) {
                    askForLease();
                    continue;
                }
                held.run(() -> !isRunning());
                if (isRunning()) {
                    tenure = null;
                    held.close();
                    standBy();
                }
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void askForLease() {
        try {
            if (!stopping.await(ASK_MILLIS, TimeUnit.MILLISECONDS)) {
                TrainerLease.take(leases, "").ifPresent(this::begin);
            }
        } catch (Unavailable e) {
            LOG.debug("standing by: {}", e.getMessage());
        } catch (InterruptedException e) {
            stopping.countDown();
            Thread.currentThread().interrupt();
        }
    }

    /** Who stands by may do better: the lease is given back. */
    private void fail(Throwable e) {
        idle = new Health.Down("learning has stopped: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        LOG.error("learning has stopped", e);
        Tenure held = tenure;
        tenure = null;
        if (held != null) {
            held.close();
        }
    }

    private boolean isRunning() {
        return stopping.getCount() > 0;
    }

    @Override
    public Health health() {
        Tenure held = tenure;
        return held == null ? idle : held.health();
    }

    @Override
    public void close() {
        stopping.countDown();
        Thread thread = learning;
        if (thread != null) {
            join(thread);
        }
        Tenure held = tenure;
        tenure = null;
        if (held != null) {
            held.close();
            idle = new Health.Down("stopped");
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
