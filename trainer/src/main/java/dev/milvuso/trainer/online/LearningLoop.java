package dev.milvuso.trainer.online;

import dev.milvuso.action.ActionType;
import dev.milvuso.config.Config;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.trainer.online.kafka.EmbeddingSink;
import dev.milvuso.trainer.online.kafka.ExampleSource;
import dev.milvuso.trainer.online.postgres.TrainerLease;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns, publishes and writes snapshots, all on one thread, so that a snapshot is of one moment. */
final class LearningLoop {
    private static final Logger LOG = LoggerFactory.getLogger(LearningLoop.class);

    /** So often it looks up from an empty log: what is due, whether to stop. */
    private static final Duration REST = Duration.ofMillis(50);

    private static final String NOBODY_CAN_TELL =
            "PostgreSQL does not answer: nothing is learned while nobody can tell whether another trainer has taken over";

    private final OnlineCore core;
    private final ModelVersion version;
    private final ExampleSource source;
    private final EmbeddingSink sink;
    private final Publisher publisher;
    private final SnapshotFile snapshots;
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
            SnapshotFile snapshots,
            PrequentialNdcg quality,
            TrainerMetrics metrics) {
        this.core = state.core();
        this.moved = core.model().users().size() > 0;
        this.version = state.version();
        this.snapshotOffsets = state.offsets();
        this.source = source;
        this.sink = sink;
        this.publisher = publisher;
        this.snapshots = snapshots;
        this.quality = quality;
        this.metrics = metrics;
        this.batchSize = config.training().batchSize();
        this.sync = new Every(config.online().syncInterval());
        this.backgroundSync = new Every(config.online().backgroundSyncInterval());
        this.snapshot = new Every(config.online().snapshotInterval());
    }

    /**
     * Returns after it was told to stop, with everything published and in the snapshot, or once another trainer has the
     * lease: the log and the snapshot are the other's then. While nobody can tell, it waits.
     */
    void run(BooleanSupplier stopping, TrainerLease lease) {
        snapshot.done();
        while (!stopping.getAsBoolean() && !lease.isLost()) {
            if (!lease.isHeld()) {
                trouble = Optional.of(NOBODY_CAN_TELL);
                LockSupport.parkNanos(REST.toNanos());
                continue;
            }
            trouble = trouble.filter(said -> !said.equals(NOBODY_CAN_TELL));
            learn(source.poll(moved && sync.left().compareTo(REST) < 0 ? sync.left() : REST, batchSize));
            metrics.lag().set(source.lag());
            if (sink.hasLost()) {
                LOG.warn("embeddings have not reached the log: all are written again");
                core.touchAll();
                moved = true;
            }
            publishWhatIsDue();
            if (snapshot.isDue()) {
                snapshot();
                snapshot.done();
            }
        }
        if (lease.isHeld()) {
            publisher.publish(core);
            publisher.publishPassing(core);
            snapshot();
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
        Map<Integer, Long> next = source.next();
        if (next.equals(snapshotOffsets)) {
            return;
        }
        // Dead letters are on the log before the offsets go past them.
        sink.flush();
        try {
            metrics.snapshot()
                    .record(() ->
                            snapshots.write(out -> new TrainerState(version, publisher.step(), next, core).write(out)));
            snapshotOffsets = next;
            trouble = Optional.empty();
        } catch (UncheckedIOException e) {
            LOG.error("learning goes on without a new snapshot: {}", e.getMessage());
            trouble = Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
