package dev.milvuso.trainer.online;

import dev.milvuso.component.Health;
import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.online.kafka.EmbeddingSink;
import dev.milvuso.trainer.online.kafka.ExampleSource;
import dev.milvuso.trainer.online.postgres.ErasedUsers;
import dev.milvuso.trainer.online.postgres.TrainerLease;
import dev.milvuso.trainer.registry.Activated;
import dev.milvuso.trainer.registry.postgres.ActivationTable;
import dev.milvuso.trainer.registry.postgres.HourTable;
import dev.milvuso.trainer.registry.postgres.ModelTable;
import dev.milvuso.vector.VectorStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What a trainer does while it has the lease: learns from the log, publishes, keeps snapshots and the registry. */
final class Tenure implements AutoCloseable {
    private final TrainerLease lease;
    private final StoreSync store;
    private final Registrar registrar;
    private final LearningLoop loop;
    private final ErasedUsers erased;

    /**
     * Says at once that this model is the one to serve.
     *
     * @param changed told of each model that is learned from then on
     */
    Tenure(
            Config config,
            KafkaClients kafka,
            Database database,
            VectorStore vectors,
            MeterRegistry registry,
            TrainerLease lease,
            Snapshots snapshots,
            TrainerState state,
            PrequentialNdcg quality,
            TrainerMetrics metrics,
            Consumer<OnlineCore> changed) {
        this.lease = lease;
        ActivationTable activations = new ActivationTable(database);
        Drift drift = new Drift(
                config.registry().driftEvents(), config.registry().driftMargin(), baseline(activations, state));
        Quarantine quarantine =
                new Quarantine(config.registry().largestNorm(), metrics.withheld(), metrics.quarantined());
        store = new StoreSync(config, vectors, lease::isHeld);
        AtomicLong steps = new AtomicLong(state.step());
        EmbeddingSink sink = new EmbeddingSink(config.topics().embeddings(), kafka);
        ExampleSource source = new ExampleSource(
                config.topics().trainingExamples(),
                kafka,
                sink.deadLetters(registry, config.topics().trainingExamples()),
                state.offsets());
        Publisher publisher = new Publisher(state.version(), lease.epoch(), steps, sink, store, quarantine);
        Lane lane = new Lane(state.version(), state.core(), source, sink, publisher);
        Candidate candidate = new Candidate(
                config,
                kafka,
                registry,
                store,
                quarantine,
                Path.of(config.online().snapshotDirectory()),
                lease.epoch(),
                steps);
        HourMeter hours = new HourMeter();
        registrar = new Registrar(
                new ModelTable(database),
                activations,
                new HourTable(database),
                hours,
                candidate,
                store,
                state.version(),
                this::offsets);
        Description description = new Description(config);
        erased = new ErasedUsers(database);
        erased.start();
        loop = new LearningLoop(
                config, lane, snapshots, quality, metrics, hours, drift, registrar, description, changed, erased);
        store.start();
        publisher.activate(0);
        // Readers hold what an earlier trainer published, which may be ahead of the snapshot.
        state.core().touchAll();
        registrar.start();
    }

    /** A version that its predecessor was not compared with before the end of an earlier tenure is compared now. */
    private static double baseline(ActivationTable activations, TrainerState state) {
        return activations
                .served()
                .filter(done -> done.version().equals(state.version().value()) && !done.isPinned())
                .map(Activated::baseline)
                .orElse(-1.0);
    }

    private Map<Integer, Long> offsets() {
        return loop.snapshotOffsets();
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
        erased.close();
        registrar.close();
        store.close();
        if (lease.isHeld()) {
            loop.lane().close();
        } else {
            loop.lane().abandon();
        }
        lease.close();
    }
}
