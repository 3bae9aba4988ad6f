package dev.milvuso.trainer.online;

import dev.milvuso.action.ActionType;
import dev.milvuso.component.Component;
import dev.milvuso.component.Health;
import dev.milvuso.config.Config;
import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.kafka.DeadLetters;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.online.kafka.EmbeddingSink;
import dev.milvuso.trainer.online.kafka.ExampleSource;
import dev.milvuso.trainer.online.postgres.TrainerEpoch;
import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.vector.VectorStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns from {@code training_examples} as they come and publishes the rows that moved. One thread does it all, apart
 * from the vector store.
 */
public final class OnlineTrainer implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(OnlineTrainer.class);

    private final Config config;
    private final KafkaClients kafka;
    private final Database database;
    private final VectorStore store;
    private final MeterRegistry metrics;
    private final Counter repeated;
    private final SnapshotFile snapshots;
    private volatile OnlineCore core;
    private volatile boolean stopping;
    private volatile @Nullable String failure;
    private @Nullable Thread learning;
    private @Nullable ExampleSource source;
    private @Nullable EmbeddingSink sink;
    private @Nullable StoreSync storeSync;
    private ModelVersion version;
    private Map<Integer, Long> offsets = Map.of();
    private long epoch;
    private long step;

    public OnlineTrainer(
            Config config, KafkaClients kafka, Database database, VectorStore store, MeterRegistry metrics) {
        this.config = config;
        this.kafka = kafka;
        this.database = database;
        this.store = store;
        this.metrics = metrics;
        this.snapshots = new SnapshotFile(Path.of(config.online().snapshotDirectory()));
        this.core = newCore();
        this.version = new ModelVersion("online-"
                + DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.now()));
        this.repeated = metrics.counter("milvuso.training.examples.repeated");
        FunctionCounter.builder("milvuso.training.examples.applied", this, trainer -> trainer.core.applied())
                .description("distinct examples in the model, kept through restarts")
                .register(metrics);
        FunctionCounter.builder("milvuso.training.samples", this, trainer -> trainer.core.steps())
                .description("gradient steps, kept through restarts")
                .register(metrics);
        metrics.gauge("milvuso.training.loss", this, trainer -> trainer.core.loss());
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

    @Override
    public void start() {
        database.migrate();
        TopicCreator.createMissing(config.kafka(), config.topics(), name());
        epoch = TrainerEpoch.next(database);
        boolean restored = snapshots.read(this::restore);
        LOG.info("model {} in epoch {}: {} examples applied", version, epoch, core.applied());
        EmbeddingSink opened = new EmbeddingSink(config.topics().embeddings(), kafka);
        sink = opened;
        source = new ExampleSource(
                config.topics().trainingExamples(), kafka, new DeadLetters(opened.producer(), metrics), offsets);
        StoreSync sync = new StoreSync(config, store);
        sync.start();
        storeSync = sync;
        opened.send(new Activation(version, epoch));
        if (restored) {
            core.touchAll();
        }
        Thread thread = new Thread(this::learn, "trainer-online");
        thread.setDaemon(true);
        thread.start();
        learning = thread;
    }

    private void learn() {
        try {
            Instant lastSync = Instant.EPOCH;
            Instant lastBackgroundSync = Instant.EPOCH;
            Instant lastSnapshot = Instant.now();
            while (!stopping) {
                apply(poll(lastSync));
                Instant now = Instant.now();
                if (isDue(lastSync, config.online().syncInterval(), now)) {
                    publish();
                    lastSync = now;
                }
                if (isDue(lastBackgroundSync, config.online().backgroundSyncInterval(), now)) {
                    publishPassing();
                    lastBackgroundSync = now;
                }
                if (isDue(lastSnapshot, config.online().snapshotInterval(), now)) {
                    snapshot();
                    lastSnapshot = now;
                }
            }
            publish();
            publishPassing();
            snapshot();
        } catch (RuntimeException e) {
            failure = "learning has stopped: " + e.getMessage();
            LOG.error("learning has stopped", e);
        }
    }

    private static boolean isDue(Instant last, Duration interval, Instant now) {
        return Duration.between(last, now).compareTo(interval) >= 0;
    }

    private Iterable<TrainingExample> poll(Instant lastSync) {
        Duration left = config.online().syncInterval().minus(Duration.between(lastSync, Instant.now()));
        ExampleSource open = source;
        return open == null ? List.of() : open.poll(left.isNegative() ? Duration.ZERO : left);
    }

    private void apply(Iterable<TrainingExample> examples) {
        for (TrainingExample example : examples) {
            boolean isNew = core.apply(
                    example.exampleId(),
                    example.userId().value(),
                    example.itemId().value(),
                    example.label(),
                    example.weight(),
                    accepted(example));
            if (!isNew) {
                repeated.increment();
            }
        }
    }

    /** What nobody answered has waited for its window to close, and says nothing about freshness. */
    private static long accepted(TrainingExample example) {
        return example.actionType().equals(ActionType.IMPRESSION)
                ? 0
                : example.acceptedAt().toEpochMilli();
    }

    private void publish() {
        step++;
        core.drain(
                (row, accepted) -> publish(Kind.USER, core.model().users(), row, accepted),
                (row, accepted) -> publish(Kind.ITEM, core.model().items(), row, accepted));
    }

    private void publishPassing() {
        step++;
        core.drainPassing(
                (row, accepted) -> publish(Kind.USER, core.model().users(), row, accepted),
                (row, accepted) -> publish(Kind.ITEM, core.model().items(), row, accepted));
    }

    private void publish(Kind kind, ParameterTable table, int row, long accepted) {
        float[] vector = table.vector(row);
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                metrics.counter("milvuso.training.rows.withheld").increment();
                return;
            }
        }
        float bias = kind == Kind.ITEM ? vector[vector.length - 1] : 0;
        Embedding embedding = new Embedding(version, kind, table.id(row), vector, bias, epoch, step, accepted);
        send(embedding);
        StoreSync sync = storeSync;
        if (sync != null) {
            sync.put(embedding);
        }
    }

    private void send(EmbeddingRecord record) {
        EmbeddingSink open = sink;
        if (open != null) {
            open.send(record);
        }
    }

    private void snapshot() {
        ExampleSource open = source;
        if (open == null) {
            return;
        }
        // Dead letters are on the log before the offsets go past them.
        EmbeddingSink published = sink;
        if (published != null) {
            published.producer().flush();
        }
        Map<Integer, Long> next = open.next();
        snapshots.write(out -> {
            out.writeUTF(version.value());
            out.writeLong(step);
            out.writeInt(next.size());
            for (Map.Entry<Integer, Long> entry : next.entrySet()) {
                out.writeInt(entry.getKey());
                out.writeLong(entry.getValue());
            }
            core.write(out);
        });
    }

    private void restore(DataInputStream in) throws IOException {
        ModelVersion readVersion = new ModelVersion(in.readUTF());
        long readStep = in.readLong();
        Map<Integer, Long> readOffsets = new HashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            readOffsets.put(in.readInt(), in.readLong());
        }
        OnlineCore readCore = newCore();
        readCore.read(in);
        version = readVersion;
        step = readStep;
        offsets = readOffsets;
        core = readCore;
    }

    @Override
    public Health health() {
        String failed = failure;
        if (failed != null) {
            return new Health.Down(failed);
        }
        StoreSync sync = storeSync;
        return sync == null ? new Health.Down("not started") : sync.health();
    }

    @Override
    public void close() {
        stopping = true;
        Thread thread = learning;
        if (thread != null) {
            join(thread);
        }
        closeAll();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll() {
        StoreSync sync = storeSync;
        if (sync != null) {
            sync.close();
        }
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
