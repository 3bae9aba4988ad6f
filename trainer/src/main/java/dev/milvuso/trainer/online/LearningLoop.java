package dev.milvuso.trainer.online;

import dev.milvuso.action.ActionType;
import dev.milvuso.config.Config;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.trainer.online.kafka.EmbeddingSink;
import dev.milvuso.trainer.online.kafka.ExampleSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns, publishes and begins snapshots, all on one thread, so that a snapshot is of one moment. */
final class LearningLoop {
    private static final Logger LOG = LoggerFactory.getLogger(LearningLoop.class);

    /** So often it looks up from an empty log: what is due, whether to stop. */
    private static final Duration REST = Duration.ofMillis(50);

    private final OnlineCore core;
    private final ModelVersion version;
    private final ExampleSource source;
    private final EmbeddingSink sink;
    private final Publisher publisher;
    private final SnapshotWriter snapshots;
    private final PrequentialNdcg quality;
    private final TrainerMetrics metrics;
    private final int batchSize;
    private final Every sync;
    private final Every backgroundSync;
    private final Every snapshot;
    private Map<Integer, Long> snapshotOffsets;
    private boolean moved;
    private volatile Optional<String> trouble = Optional.empty();

    LearningLoop(
            Config config,
            TrainerState state,
            ExampleSource source,
            EmbeddingSink sink,
            Publisher publisher,
            Snapshots snapshots,
            PrequentialNdcg quality,
            TrainerMetrics metrics) {
        this.core = state.core();
        this.moved = core.model().users().size() > 0;
        this.version = state.version();
        this.snapshotOffsets = state.offsets();
        this.source = source;
        this.sink = sink;
        this.publisher = publisher;
        this.snapshots = new SnapshotWriter(snapshots, metrics.snapshotPause(), metrics.snapshot());
        this.quality = quality;
        this.metrics = metrics;
        this.batchSize = config.training().batchSize();
        this.sync = new Every(config.online().syncInterval());
        this.backgroundSync = new Every(config.online().backgroundSyncInterval());
        this.snapshot = new Every(config.online().snapshotInterval());
    }

    /**
     * Returns after it was told to stop, with everything published and in the snapshot.
     *
     * @throws IllegalStateException if it was overtaken; the snapshot is the newer one's then
     */
    void run(BooleanSupplier stopping, BooleanSupplier overtaken) {
        try (snapshots) {
            learnUntil(stopping, overtaken);
        }
    }

    private void learnUntil(BooleanSupplier stopping, BooleanSupplier overtaken) {
        snapshot.done();
        while (!stopping.getAsBoolean()) {
            if (overtaken.getAsBoolean()) {
                throw new IllegalStateException("a newer trainer has started");
            }
            learn(source.poll(moved && sync.left().compareTo(REST) < 0 ? sync.left() : REST, batchSize));
            metrics.lag().set(source.lag());
            if (sink.hasLost()) {
                LOG.warn("embeddings have not reached the log: all are written again");
                core.touchAll();
                moved = true;
            }
            publishWhatIsDue();
            snapshots.ended().ifPresent(this::ended);
            if (snapshot.isDue() && !snapshots.isBusy()) {
                snapshot();
            }
        }
        snapshots.await().ifPresent(this::ended);
        if (!overtaken.getAsBoolean()) {
            publisher.publish(core);
            publisher.publishPassing(core);
            snapshot();
            snapshots.await().ifPresent(this::ended);
        }
    }

    /** What is wrong and does not stop the learning. */
    Optional<String> trouble() {
        return trouble;
    }

    private void learn(List<TrainingExample> examples) {
        for (TrainingExample example : examples) {
            String user = example.userId().value();
            String item = example.itemId().value();
            if (core.isKnown(example.exampleId())) {
                metrics.repeated().increment();
                continue;
            }
            if (example.label() == 1 && example.weight() > 0) {
                quality.rank(core.model(), user, item);
            }
            core.apply(example.exampleId(), user, item, example.label(), example.weight(), accepted(example));
            moved = true;
        }
    }

    /** What nobody answered has waited for its window to close, and says nothing about freshness. */
    private static long accepted(TrainingExample example) {
        return example.actionType().equals(ActionType.IMPRESSION)
                ? 0
                : example.acceptedAt().toEpochMilli();
    }

    /** Rows that move after a rest go at once; those that move on and on, every interval. */
    private void publishWhatIsDue() {
        if (moved && sync.isDue()) {
            publisher.publish(core);
            sync.done();
            moved = false;
        }
        if (backgroundSync.isDue()) {
            publisher.publishPassing(core);
            backgroundSync.done();
        }
    }

    private void snapshot() {
        snapshot.done();
        Map<Integer, Long> next = source.next();
        if (next.equals(snapshotOffsets)) {
            return;
        }
        // Dead letters are on the log before the offsets go past them.
        sink.flush();
        snapshots.begin(new TrainerState(version, publisher.step(), next, core));
    }

    private void ended(SnapshotWriter.Ended ended) {
        snapshot.done();
        ended.fault().ifPresent(why -> LOG.error("learning goes on without a new snapshot: {}", why));
        trouble = ended.fault();
        if (ended.fault().isEmpty()) {
            snapshotOffsets = ended.state().offsets();
        }
    }
}
