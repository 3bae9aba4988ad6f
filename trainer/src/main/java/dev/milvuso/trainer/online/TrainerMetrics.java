package dev.milvuso.trainer.online;

import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.parameter.ParameterTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the trainer counts.
 *
 * @param core the one that learns at the moment; kept here, since meters do not keep what they look at
 * @param repeated examples dropped because their id had been applied
 * @param withheld rows not published because they hold a number that is not finite or too large
 * @param quarantined those that began anew for it
 * @param rollbacks versions that did worse than the one before and were taken back
 * @param lag records of {@code training_examples} that wait
 * @param snapshot how long snapshots are being written
 * @param snapshotPause how long learning waits for them
 */
record TrainerMetrics(
        Supplier<OnlineCore> core,
        Counter repeated,
        Counter withheld,
        Counter quarantined,
        Counter rollbacks,
        AtomicLong lag,
        Timer snapshot,
        Timer snapshotPause) {
    static TrainerMetrics of(MeterRegistry metrics, Supplier<OnlineCore> core, PrequentialNdcg quality) {
        FunctionCounter.builder(
                        "milvuso.training.examples.applied", core, c -> c.get().applied())
                .description("distinct examples in the model, kept through restarts")
                .register(metrics);
        FunctionCounter.builder("milvuso.training.samples", core, c -> c.get().steps())
                .description("gradient steps, kept through restarts")
                .register(metrics);
        Gauge.builder("milvuso.training.loss", core, c -> c.get().loss())
                .description("mean loss of the last thousand steps or so, in nats")
                .register(metrics);
        rows(metrics, Kind.USER, core, c -> c.model().users());
        rows(metrics, Kind.ITEM, core, c -> c.model().items());
        Gauge.builder("milvuso.online.ndcg", quality, PrequentialNdcg::mean)
                .description(
                        "NDCG@10 of positives among 99 random items before they are learnt, the last thousand or so")
                .register(metrics);
        ranker(metrics, core);
        AtomicLong lag = new AtomicLong();
        Gauge.builder("milvuso.training.lag", lag, AtomicLong::get)
                .description("examples on the log that have not been learnt yet")
                .register(metrics);
        return new TrainerMetrics(
                core,
                Counter.builder("milvuso.training.examples.repeated")
                        .description("examples dropped because their id had been applied")
                        .register(metrics),
                Counter.builder("milvuso.training.rows.withheld")
                        .description("rows not published because they hold a number that is not finite or too large")
                        .register(metrics),
                Counter.builder("milvuso.training.rows.quarantined")
                        .description("rows that began anew because they were not finite or too large")
                        .register(metrics),
                Counter.builder("milvuso.model.rollbacks")
                        .description("model versions taken back because they did worse online than the one before")
                        .register(metrics),
                lag,
                Timer.builder("milvuso.training.snapshot")
                        .description("writing a snapshot, while learning goes on")
                        .register(metrics),
                Timer.builder("milvuso.training.snapshot.pause")
                        .description("learning waits while a snapshot begins")
                        .register(metrics));
    }

    private static void ranker(MeterRegistry metrics, Supplier<OnlineCore> core) {
        String description = "NDCG@10 of positives among random items before they are learnt, the last 10,000 or so,"
                + " in the order of retrieval and in that of the ranker";
        Gauge.builder(
                        "milvuso.online.ranker.ndcg",
                        core,
                        c -> c.get().ranker().judge().retrieval())
                .tag("order", "retrieval")
                .description(description)
                .register(metrics);
        Gauge.builder(
                        "milvuso.online.ranker.ndcg",
                        core,
                        c -> c.get().ranker().judge().ranker())
                .tag("order", "ranker")
                .description(description)
                .register(metrics);
        Gauge.builder(
                        "milvuso.online.ranker.better",
                        core,
                        c -> c.get().ranker().judge().beatsRetrieval() ? 1 : 0)
                .description("1 while the ranker orders better than retrieval alone, as far as anybody can be sure")
                .register(metrics);
    }

    private static void rows(
            MeterRegistry metrics, Kind kind, Supplier<OnlineCore> core, Function<OnlineCore, ParameterTable> table) {
        Gauge.builder("milvuso.training.rows", core, c -> table.apply(c.get()).live())
                .tag("kind", kind.label())
                .description("rows of the parameter table")
                .register(metrics);
        Gauge.builder(
                        "milvuso.training.table.bytes",
                        core,
                        c -> table.apply(c.get()).bytes())
                .tag("kind", kind.label())
                .description("memory of the parameter table: numbers, optimizer state, ids and index")
                .register(metrics);
        FunctionCounter.builder(
                        "milvuso.training.rows.evicted",
                        core,
                        c -> c.get().expiry().madeRoom(kind))
                .tag("kind", kind.label())
                .description("rows that went for others because there was no room, since the start")
                .register(metrics);
    }
}
