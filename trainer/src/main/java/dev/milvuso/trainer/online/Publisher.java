package dev.milvuso.trainer.online;

import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.trainer.online.kafka.EmbeddingSink;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;

/** Brings rows that moved to the log and, from there on its own time, to the vector store. For one thread. */
final class Publisher {
    private final ModelVersion version;
    private final long epoch;
    private final EmbeddingSink sink;
    private final StoreSync store;
    private final Quarantine quarantine;
    private final AtomicLong steps;
    private final BitSet items = new BitSet();
    private long step;

    /** @param steps the number of the last rows that were published before, by whomever in this epoch */
    Publisher(
            ModelVersion version,
            long epoch,
            AtomicLong steps,
            EmbeddingSink sink,
            StoreSync store,
            Quarantine quarantine) {
        this.version = version;
        this.epoch = epoch;
        this.steps = steps;
        this.step = steps.get();
        this.sink = sink;
        this.store = store;
        this.quarantine = quarantine;
    }

    /** @param items how many items of it have been published before, to be read before it is served; 0: at once */
    void activate(int items) {
        sink.send(new Activation(version, epoch, items));
    }

    /** The rows that new examples have moved. */
    void publish(OnlineCore core) {
        step = steps.incrementAndGet();
        core.drain(
                (row, accepted) -> send(Kind.USER, core.model().users(), row, accepted),
                (row, accepted) -> send(Kind.ITEM, core.model().items(), row, accepted));
    }

    /** The rows that have moved only in passing. */
    void publishPassing(OnlineCore core) {
        step = steps.incrementAndGet();
        core.drainPassing(
                (row, accepted) -> send(Kind.USER, core.model().users(), row, accepted),
                (row, accepted) -> send(Kind.ITEM, core.model().items(), row, accepted));
    }

    /** How many different items have been published here. */
    int items() {
        return items.cardinality();
    }

    /** Whether the log and the store have everything that was published so far. */
    boolean isBrought() {
        sink.flush();
        return !sink.isLossy() && store.isDrained(version);
    }

    /** Whether the log has not taken something since it was asked last. */
    boolean hasLost() {
        return sink.hasLost();
    }

    private void send(Kind kind, ParameterTable table, int row, long accepted) {
        float[] vector = table.vector(row);
        if (!quarantine.admits(kind, table, row, vector)) {
            return;
        }
        if (kind == Kind.ITEM) {
            items.set(row);
        }
        float bias = kind == Kind.ITEM ? vector[vector.length - 1] : 0;
        Embedding embedding = new Embedding(version, kind, table.id(row), vector, bias, epoch, step, accepted);
        sink.send(embedding);
        store.put(embedding);
    }

    long step() {
        return step;
    }
}
