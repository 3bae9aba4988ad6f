package dev.milvuso.trainer.online;

import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.trainer.online.kafka.EmbeddingSink;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** Rows that went and of which it is not known yet that the log has it, by their keys. */
    private final Map<String, Gone> unconfirmed = new LinkedHashMap<>();

    private boolean active;
    private long step;
    private boolean userBiases;

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
        active = true;
        sink.send(new Activation(version, epoch, items));
    }

    /** The rows that have expired and those that new examples have moved. */
    void publish(OnlineCore core) {
        step = steps.incrementAndGet();
        userBiases = core.model().scoring().userBiases();
        publishGone(core);
        core.drain(
                (row, accepted) -> send(Kind.USER, core.model().users(), row, accepted),
                (row, accepted) -> send(Kind.ITEM, core.model().items(), row, accepted));
    }

    /** The rows that have moved only in passing. */
    void publishPassing(OnlineCore core) {
        step = steps.incrementAndGet();
        userBiases = core.model().scoring().userBiases();
        core.drainPassing(
                (row, accepted) -> send(Kind.USER, core.model().users(), row, accepted),
                (row, accepted) -> send(Kind.ITEM, core.model().items(), row, accepted));
    }

    /** What the ranker has learned. */
    void publishRanker(OnlineCore core) {
        step = steps.incrementAndGet();
        sink.send(core.ranker().weights(version, epoch, step));
    }

    private void publishGone(OnlineCore core) {
        boolean anItem = false;
        for (Gone gone : core.expiry().takeGone()) {
            Removal removal = remove(core, gone);
            unconfirmed.put(removal.key(), gone);
            if (gone.kind() == Kind.ITEM) {
                items.clear(gone.row());
                anItem = true;
            }
        }
        if (anItem && active) {
            // Whoever waits for all items of this version must not wait for these.
            activate(items());
        }
    }

    private Removal remove(OnlineCore core, Gone gone) {
        Removal removal = new Removal(version, gone.kind(), gone.id(), epoch, step);
        if (!core.has(gone.kind(), gone.id())) {
            sink.send(removal);
            store.remove(removal);
        }
        return removal;
    }

    /** Writes everything again, as the log has lost something. */
    void publishAgain(OnlineCore core) {
        core.touchAll();
        publish(core);
        publishRanker(core);
        unconfirmed.values().forEach(gone -> remove(core, gone));
    }

    /**
     * Whether the log has every row's end that was published so far, or what came after it. A snapshot that no longer
     * holds such a row must not come before, or a crash would leave the row with the readers for ever.
     */
    boolean hasRemoved() {
        sink.flush();
        if (sink.isLossy()) {
            return unconfirmed.isEmpty();
        }
        unconfirmed.clear();
        return true;
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
        if (!quarantine.admits(table, row, vector)) {
            return;
        }
        if (kind == Kind.ITEM) {
            items.set(row);
        }
        float bias = kind == Kind.ITEM ? vector[vector.length - 1] : userBiases ? vector[vector.length - 2] : 0;
        Embedding embedding = new Embedding(version, kind, table.id(row), vector, bias, epoch, step, accepted);
        sink.send(embedding);
        store.put(embedding);
    }

    long step() {
        return step;
    }
}
