package dev.milvuso.trainer.online;

import dev.milvuso.action.ActionType;
import dev.milvuso.config.Config;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.trainer.online.postgres.ErasedUsers;
import dev.milvuso.trainer.online.postgres.TrainerLease;
import dev.milvuso.trainer.registry.RegisteredModel;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns, publishes and writes snapshots, all on one thread, so that a snapshot is of one moment. */
final class LearningLoop {
    private static final Logger LOG = LoggerFactory.getLogger(LearningLoop.class);

    /** So often it looks up from an empty log: what is due, whether to stop. */
    private static final Duration REST = Duration.ofMillis(50);

    /** Says of the newest snapshot that it is not of this model: no partition has this number. */
    private static final Map<Integer, Long> OF_ANOTHER = Map.of(-1, 0L);

    private static final String NOBODY_CAN_TELL =
            "PostgreSQL does not answer: nothing is learned while nobody can tell whether another trainer has taken over";

    private final Snapshots snapshots;
    private final SnapshotWriter writer;
    private final PrequentialNdcg quality;
    private final TrainerMetrics metrics;
    private final HourMeter hours;
    private final Drift drift;
    private final Registrar registrar;
    private final Description description;
    private final Consumer<OnlineCore> changed;
    private final ErasedUsers erased;
    private final int batchSize;
    private final Duration batchWait;
    private final Every sync;
    private final Every backgroundSync;
    private final Every ranker;
    private final Every snapshot;
    private volatile Lane lane;
    private volatile Map<Integer, Long> snapshotOffsets;
    private boolean moved;
    private boolean registered;
    private volatile Optional<String> trouble = Optional.empty();

    /**
     * @param changed told of each model that is learned from then on
     * @param erased who is to be forgotten
     */
    LearningLoop(
            Config config,
            Lane lane,
            Snapshots snapshots,
            PrequentialNdcg quality,
            TrainerMetrics metrics,
            HourMeter hours,
            Drift drift,
            Registrar registrar,
            Description description,
            Consumer<OnlineCore> changed,
            ErasedUsers erased) {
        this.erased = erased;
        this.lane = lane;
        this.moved = lane.core().model().users().size() > 0;
        this.snapshotOffsets = snapshots.isEmpty() ? OF_ANOTHER : lane.source().next();
        this.snapshots = snapshots;
        this.writer = new SnapshotWriter(snapshots, metrics.snapshotPause(), metrics.snapshot());
        this.quality = quality;
        this.metrics = metrics;
        this.hours = hours;
        this.drift = drift;
        this.registrar = registrar;
        this.description = description;
        this.changed = changed;
        this.batchSize = config.training().batchSize();
        this.batchWait = config.online().batchWait();
        this.sync = new Every(config.online().syncInterval());
        this.backgroundSync = new Every(config.online().backgroundSyncInterval());
        this.ranker = new Every(config.ranking().learnedInterval());
        this.snapshot = new Every(config.online().snapshotInterval());
    }

    /**
     * Returns after it was told to stop, with everything published and in the snapshot, or once another trainer has the
     * lease: the log and the snapshot are the other's then. While nobody can tell, it waits.
     */
    void run(BooleanSupplier stopping, TrainerLease lease) {
        try (writer) {
            learnUntil(stopping, lease);
        }
    }

    private void learnUntil(BooleanSupplier stopping, TrainerLease lease) {
        snapshot.done();
        boolean begun = false;
        while (!stopping.getAsBoolean() && !lease.isLost()) {
            if (!lease.isHeld()) {
                trouble = Optional.of(NOBODY_CAN_TELL);
                LockSupport.parkNanos(REST.toNanos());
                continue;
            }
            trouble = trouble.filter(said -> !said.equals(NOBODY_CAN_TELL));
            if (!begun) {
                begin();
                begun = true;
            }
            registrar.ready().ifPresent(this::swap);
            forget();
            learn(lane.source()
                    .poll(moved && sync.left().compareTo(REST) < 0 ? sync.left() : REST, batchWait, batchSize));
            metrics.lag().set(lane.source().lag());
            // Whoever was halted while it waited for examples may have been followed by another.
            if (lease.isHeld()) {
                publishWhatIsDue();
            }
            judge();
            writer.ended().ifPresent(this::ended);
            if (snapshot.isDue() && !writer.isBusy()) {
                snapshot();
            }
        }
        writer.await().ifPresent(this::ended);
        if (lease.isHeld()) {
            lane.publisher().publish(lane.core());
            lane.publisher().publishPassing(lane.core());
            lane.publisher().publishRanker(lane.core());
            snapshot();
            writer.await().ifPresent(this::ended);
        }
    }

    /** A model that is new has a snapshot before it learns anything. */
    private void begin() {
        if (snapshots.isEmpty()) {
            snapshot();
            writer.await().ifPresent(this::ended);
        } else {
            register();
        }
    }

    /**
     * The registry hears of a version once there is a snapshot of it: a trainer that finds the version there and no
     * snapshot knows that one was lost.
     */
    private void register() {
        if (!registered) {
            registered = true;
            registrar.began(Optional.of(description.of(lane, Double.NaN))
                    .filter(model -> model.origin() == RegisteredModel.Origin.ONLINE));
        }
    }

    /** Up to where the newest snapshot goes, by partition. */
    Map<Integer, Long> snapshotOffsets() {
        return snapshotOffsets;
    }

    /** What it teaches at the moment. */
    Lane lane() {
        return lane;
    }

    /**
     * Serves what was prepared: it takes the examples that the model it replaces has taken and it has not, then one
     * record says so to all who serve.
     */
    private void swap(Prepared prepared) {
        Lane old = lane;
        Lane next = prepared.lane();
        old.publisher().publish(old.core());
        long further = further(next, old);
        while (further < 0) {
            Candidate.learn(next, next.source().poll(REST, batchSize));
            further = further(next, old);
        }
        writer.await().ifPresent(this::ended);
        boolean kept = keep(old);
        next.core().countOn(old.core(), further);
        next.publisher().publish(next.core());
        next.publisher().publishRanker(next.core());
        next.sink().flush();
        next.publisher().activate(next.publisher().items());
        next.sink().flush();
        lane = next;
        changed.accept(next.core());
        double baseline = prepared.asked().reason().equals("publish") ? drift.mean() : -1;
        drift.begin(baseline);
        registered = true;
        registrar.served(prepared.asked(), description.of(old, quality.mean()), kept, baseline);
        LOG.info("version {} is served instead of {}", next.version(), old.version());
        old.close();
        moved = true;
        snapshotOffsets = OF_ANOTHER;
        next.core().parts().changeAll();
        snapshot();
        writer.await().ifPresent(this::ended);
    }

    /** How many records it has read that the other has not; negative while any partition of it is behind. */
    private static long further(Lane next, Lane old) {
        Map<Integer, Long> here = next.source().next();
        long sum = 0;
        for (Map.Entry<Integer, Long> there : old.source().next().entrySet()) {
            long ahead = here.getOrDefault(there.getKey(), 0L) - there.getValue();
            if (ahead < 0) {
                return -1;
            }
            sum += ahead;
        }
        return sum;
    }

    /** So that it can be served again. */
    private boolean keep(Lane old) {
        try {
            Candidate.ofVersion(snapshots.directory(), old.version().value()).writeWhole(old.state());
            return true;
        } catch (UncheckedIOException e) {
            LOG.error("version {} cannot be rolled back to: {}", old.version(), e.getMessage());
            return false;
        }
    }

    private void judge() {
        Drift.Verdict verdict = drift.judge();
        if (verdict == Drift.Verdict.OPEN) {
            return;
        }
        boolean worse = verdict == Drift.Verdict.WORSE;
        if (worse) {
            LOG.warn("version {} does worse than the one before it and is rolled back", lane.version());
            metrics.rollbacks().increment();
        }
        registrar.judged(worse);
    }

    /** What is wrong and does not stop the learning. */
    Optional<String> trouble() {
        return trouble;
    }

    private void forget() {
        for (String user : erased.take()) {
            moved |= lane.core().expiry().forget(user);
        }
    }

    private void learn(List<TrainingExample> examples) {
        OnlineCore core = lane.core();
        for (TrainingExample example : examples) {
            String user = example.userId().value();
            String item = example.itemId().value();
            if (erased.covers(user, example.acceptedAt().toEpochMilli())) {
                continue;
            }
            if (core.isKnown(example.exampleId())) {
                metrics.repeated().increment();
                continue;
            }
            if (example.label() == 1 && example.weight() > 0) {
                double ndcg = quality.rank(core.model(), user, item);
                hours.positive(ndcg);
                drift.add(ndcg);
            }
            core.apply(
                    example.exampleId(),
                    user,
                    item,
                    example.label(),
                    example.weight(),
                    accepted(example),
                    example.timestamp().toEpochMilli());
            hours.example(core.lastLoss());
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
        if (lane.sink().hasLost()) {
            LOG.warn("embeddings have not reached the log: all are written again");
            lane.publisher().publishAgain(lane.core());
            moved = true;
        }
        if (moved && sync.isDue()) {
            lane.publisher().publish(lane.core());
            sync.done();
            moved = false;
        }
        if (backgroundSync.isDue()) {
            lane.publisher().publishPassing(lane.core());
            backgroundSync.done();
        }
        if (ranker.isDue() && lane.core().ranker().hasLearned()) {
            lane.publisher().publishRanker(lane.core());
            ranker.done();
        }
    }

    private void snapshot() {
        snapshot.done();
        Lane current = lane;
        if (current.source().next().equals(snapshotOffsets)) {
            return;
        }
        current.publisher().publish(current.core());
        // Dead letters and the ends of rows are on the log before the offsets go past them.
        if (current.publisher().hasRemoved()) {
            writer.begin(current.state());
        }
    }

    private void ended(SnapshotWriter.Ended ended) {
        snapshot.done();
        ended.fault().ifPresent(why -> LOG.error("learning goes on without a new snapshot: {}", why));
        trouble = ended.fault();
        if (ended.fault().isEmpty()) {
            snapshotOffsets = ended.state().offsets();
            register();
        }
    }
}
