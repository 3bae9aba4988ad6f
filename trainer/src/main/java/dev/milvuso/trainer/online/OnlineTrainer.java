package dev.milvuso.trainer.online;

import dev.milvuso.component.Component;
import dev.milvuso.component.Health;
import dev.milvuso.config.Config;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.kafka.DeadLetters;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.online.kafka.EmbeddingSink;
import dev.milvuso.trainer.online.kafka.ExampleSource;
import dev.milvuso.trainer.online.postgres.TrainerEpoch;
import dev.milvuso.vector.VectorStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns from {@code training_examples} as they come and publishes the rows that moved. */
public final class OnlineTrainer implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(OnlineTrainer.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Config config;
    private final KafkaClients kafka;
    private final Database database;
    private final VectorStore store;
    private final MeterRegistry registry;
    private final Snapshots snapshots;
    private final PrequentialNdcg quality;
    private final TrainerMetrics metrics;
    private volatile OnlineCore core;
    private volatile boolean stopping;
    private volatile @Nullable String failure = "not started";
    private volatile @Nullable LearningLoop loop;
    private volatile @Nullable StoreSync storeSync;
    private @Nullable Thread learning;
    private @Nullable ExampleSource source;
    private @Nullable EmbeddingSink sink;

    public OnlineTrainer(
            Config config, KafkaClients kafka, Database database, VectorStore store, MeterRegistry metrics) {
        this.config = config;
        this.kafka = kafka;
        this.database = database;
        this.store = store;
        this.registry = metrics;
        this.snapshots = new Snapshots(Path.of(config.online().snapshotDirectory()));
        this.core = newCore();
        this.quality = new PrequentialNdcg(config.training().seed());
        this.metrics = TrainerMetrics.of(metrics, () -> core, quality);
    }

    private OnlineCore newCore() {
        return new OnlineCore(
                config.online(),
                config.recommendation().embeddingDim(),
                config.training().seed());
    }

    @Override
    public String name() {
        return "trainer";
    }

    /** @throws IllegalStateException if there are snapshots and none can be used */
    @Override
    public void start() {
        Optional<TrainerState> restored = snapshots.read(this::newCore);
        TrainerState state = restored.orElseGet(() ->
                new TrainerState(new ModelVersion("online-" + STAMP.format(Instant.now())), 0, Map.of(), newCore()));
        core = state.core();
        database.migrate();
        TopicCreator.createMissing(config.kafka(), config.topics(), name());
        TrainerEpoch epoch = TrainerEpoch.next(database);
        LOG.info("model {} in epoch {}: {} examples applied", state.version(), epoch.value(), core.applied());
        learn(state, epoch);
    }

    private void learn(TrainerState state, TrainerEpoch epoch) {
        EmbeddingSink embeddings = new EmbeddingSink(config.topics().embeddings(), kafka);
        sink = embeddings;
        DeadLetters deadLetters =
                embeddings.deadLetters(registry, config.topics().trainingExamples());
        ExampleSource examples =
                new ExampleSource(config.topics().trainingExamples(), kafka, deadLetters, state.offsets());
        source = examples;
        StoreSync sync = new StoreSync(config, store, epoch::isNewest);
        sync.start();
        storeSync = sync;
        Publisher publisher =
                new Publisher(state.version(), epoch.value(), state.step(), embeddings, sync, metrics.withheld());
        publisher.activate();
        // Readers hold what an earlier trainer published, which may be ahead of the snapshot.
        state.core().touchAll();
        LearningLoop started =
                new LearningLoop(config, state, examples, embeddings, publisher, snapshots, quality, metrics);
        loop = started;
        failure = null;
        Thread thread = new Thread(() -> run(started, sync), "trainer-online");
        thread.setDaemon(true);
        thread.start();
        learning = thread;
    }

    private void run(LearningLoop started, StoreSync sync) {
        try {
            started.run(() -> stopping, sync::isOvertaken);
        } catch (RuntimeException | Error e) {
            failure = "learning has stopped: " + (e.getMessage() == null ? e.toString() : e.getMessage());
            LOG.error("learning has stopped", e);
        }
    }

    @Override
    public Health health() {
        String failed = failure;
        LearningLoop running = loop;
        StoreSync sync = storeSync;
        if (failed != null || running == null || sync == null) {
            return new Health.Down(failed == null ? "not started" : failed);
        }
        return running.trouble().<Health>map(Health.Degraded::new).orElseGet(sync::health);
    }

    @Override
    public void close() {
        stopping = true;
        Thread thread = learning;
        if (thread != null) {
            join(thread);
        }
        StoreSync sync = storeSync;
        if (sync != null) {
            sync.close();
        }
        closeClients();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeClients() {
        ExampleSource opened = source;
        if (opened != null) {
            opened.close();
            source = null;
        }
        EmbeddingSink published = sink;
        if (published != null) {
            published.close();
            sink = null;
        }
    }
}
