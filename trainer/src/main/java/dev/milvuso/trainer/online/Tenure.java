package dev.milvuso.trainer.online;

import dev.milvuso.component.Health;
import dev.milvuso.config.Config;
import dev.milvuso.kafka.DeadLetters;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.trainer.online.kafka.EmbeddingSink;
import dev.milvuso.trainer.online.kafka.ExampleSource;
import dev.milvuso.trainer.online.postgres.TrainerLease;
import dev.milvuso.vector.VectorStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** What a trainer does while it has the lease: learns from the log, publishes, keeps snapshots. */
final class Tenure implements AutoCloseable {
    private final TrainerLease lease;
    private final EmbeddingSink sink;
    private final ExampleSource source;
    private final StoreSync store;
    private final LearningLoop loop;

    /** Says at once that this model is the one to serve. */
    Tenure(
            Config config,
            KafkaClients kafka,
            VectorStore vectors,
            MeterRegistry registry,
            TrainerLease lease,
            TrainerState state,
            SnapshotFile snapshots,
            PrequentialNdcg quality,
            TrainerMetrics metrics) {
        this.lease = lease;
        sink = new EmbeddingSink(config.topics().embeddings(), kafka);
        DeadLetters deadLetters = sink.deadLetters(registry, config.topics().trainingExamples());
        source = new ExampleSource(config.topics().trainingExamples(), kafka, deadLetters, state.offsets());
        store = new StoreSync(config, vectors, lease::isHeld);
        store.start();
        Publisher publisher =
                new Publisher(state.version(), lease.epoch(), state.step(), sink, store, metrics.withheld());
        publisher.activate();
        // Readers hold what an earlier trainer published, which may be ahead of the snapshot.
        state.core().touchAll();
        loop = new LearningLoop(config, state, source, sink, publisher, snapshots, quality, metrics);
    }

    /** Returns after it was told to stop or has lost the lease. */
    void run(BooleanSupplier stopping) {
        loop.run(stopping, lease);
    }

    Health health() {
        return loop.trouble().<Health>map(Health.Degraded::new).orElseGet(store::health);
    }

    /** Brings what waits if the lease is held, and gives the lease back. */
    @Override
    public void close() {
        store.close();
        source.close();
        if (lease.isHeld()) {
            sink.close();
        } else {
            sink.abandon();
        }
        lease.close();
    }
}
