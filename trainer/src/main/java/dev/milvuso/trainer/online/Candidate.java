package dev.milvuso.trainer.online;

import dev.milvuso.config.Config;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.trainer.batch.ModelDirectory;
import dev.milvuso.trainer.online.kafka.EmbeddingSink;
import dev.milvuso.trainer.online.kafka.ExampleSource;
import dev.milvuso.trainer.registry.Activated;
import dev.milvuso.trainer.registry.RegisteredModel;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Makes a registered version ready to be served while another one is: reads it, learns what {@code training_examples}
 * says since its cut, and brings all of its rows to the log and to the store under its own name.
 *
 * @param snapshots the directory under which versions lie that were served before
 * @param steps the number of the last rows that were published in this epoch
 */
record Candidate(
        Config config,
        KafkaClients kafka,
        MeterRegistry registry,
        StoreSync store,
        Quarantine quarantine,
        Path snapshots,
        long epoch,
        AtomicLong steps) {
    private static final Duration REST = Duration.ofMillis(50);

    /**
     * Works until it is done.
     *
     * @param passed what the serving version's source has passed: bad records before that are put aside already
     * @throws IllegalArgumentException if the artefact cannot be used, in one sentence
     * @throws CancellationException if it was told to stop
     */
    Prepared prepare(Activated asked, RegisteredModel model, Map<Integer, Long> passed, BooleanSupplier stopping) {
        TrainerState state = read(model);
        Lane lane = lane(state, passed);
        try {
            catchUp(lane, stopping);
            lane.core().touchAll();
            publish(lane, stopping);
            catchUp(lane, stopping);
            publish(lane, stopping);
            return new Prepared(asked, lane);
        } catch (RuntimeException | Error e) {
            lane.abandon();
            throw e;
        }
    }

    /** As it was when it was served last, else as it was trained. */
    private TrainerState read(RegisteredModel model) {
        try {
            return ofVersion(snapshots, model.version()).read(this::newCore).orElseGet(() -> trained(model));
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Where a version lies that was served before. */
    static Snapshots ofVersion(Path snapshots, String version) {
        return new Snapshots(snapshots.resolve("versions").resolve(version));
    }

    private TrainerState trained(RegisteredModel model) {
        if (model.origin() == RegisteredModel.Origin.ONLINE) {
            throw new IllegalArgumentException("version " + model.version() + " is not in " + snapshots
                    + "/versions: it was never replaced, or the directory is another trainer's");
        }
        OnlineCore core = newCore();
        ModelDirectory artefact = new ModelDirectory(Path.of(model.artefact()));
        core.adopt(artefact.read(), System.currentTimeMillis());
        core.remember(artefact.cut().recent());
        return new TrainerState(new ModelVersion(model.version()), 0, model.cut(), core);
    }

    private OnlineCore newCore() {
        return new OnlineCore(config);
    }

    private Lane lane(TrainerState state, Map<Integer, Long> passed) {
        EmbeddingSink sink = new EmbeddingSink(config.topics().embeddings(), kafka);
        ExampleSource source = new ExampleSource(
                config.topics().trainingExamples(),
                kafka,
                sink.deadLetters(registry, config.topics().trainingExamples()),
                state.offsets(),
                passed);
        Publisher publisher = new Publisher(state.version(), epoch, steps, sink, store, quarantine);
        return new Lane(state.version(), state.core(), source, sink, publisher);
    }

    private void catchUp(Lane lane, BooleanSupplier stopping) {
        int most = config.training().batchSize();
        int taken;
        do {
            check(stopping);
            List<TrainingExample> examples = lane.source().poll(REST, most);
            learn(lane, examples);
            taken = examples.size();
            // The broker is asked only when what was fetched has come to its end.
        } while (taken == most || lane.source().behind() > most);
    }

    /** Without measuring: that is for examples that nobody has learned from. */
    static void learn(Lane lane, List<TrainingExample> examples) {
        for (TrainingExample example : examples) {
            lane.core().expiry().at(example.acceptedAt().toEpochMilli());
            boolean unused = lane.core()
                    .apply(
                            example.exampleId(),
                            example.userId().value(),
                            example.itemId().value(),
                            example.label(),
                            example.weight(),
                            0,
                            example.timestamp().toEpochMilli());
        }
    }

    private static void publish(Lane lane, BooleanSupplier stopping) {
        lane.publisher().publish(lane.core());
        lane.publisher().publishPassing(lane.core());
        while (!lane.publisher().isBrought()) {
            check(stopping);
            if (lane.publisher().hasLost()) {
                lane.publisher().publishAgain(lane.core());
            }
            LockSupport.parkNanos(REST.toNanos());
        }
    }

    private static void check(BooleanSupplier stopping) {
        if (stopping.getAsBoolean()) {
            throw new CancellationException("told to stop");
        }
    }
}
