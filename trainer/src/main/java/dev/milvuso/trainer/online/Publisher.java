package dev.milvuso.trainer.online;

import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.trainer.online.kafka.EmbeddingSink;
import dev.milvuso.trainer.parameter.ParameterTable;
import io.micrometer.core.instrument.Counter;

/** Brings rows that moved to the log and, from there on its own time, to the vector store. For one thread. */
final class Publisher {
    private final ModelVersion version;
    private final long epoch;
    private final EmbeddingSink sink;
    private final StoreSync store;
    private final Counter withheld;
    private long step;

    /** @param step of the last rows that were published before */
    Publisher(ModelVersion version, long epoch, long step, EmbeddingSink sink, StoreSync store, Counter withheld) {
        this.version = version;
        this.epoch = epoch;
        this.step = step;
        this.sink = sink;
        this.store = store;
        this.withheld = withheld;
    }

    /** Says that this model is the one to serve. */
    void activate() {
        sink.send(new Activation(version, epoch));
    }

    /** The rows that new examples have moved. */
    void publish(OnlineCore core) {
        step++;
        core.drain(
                (row, accepted) -> send(Kind.USER, core.model().users(), row, accepted),
                (row, accepted) -> send(Kind.ITEM, core.model().items(), row, accepted));
    }

    /** The rows that have moved only in passing. */
    void publishPassing(OnlineCore core) {
        step++;
        core.drainPassing(
                (row, accepted) -> send(Kind.USER, core.model().users(), row, accepted),
                (row, accepted) -> send(Kind.ITEM, core.model().items(), row, accepted));
    }

    private void send(Kind kind, ParameterTable table, int row, long accepted) {
        float[] vector = table.vector(row);
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                withheld.increment();
                return;
            }
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
