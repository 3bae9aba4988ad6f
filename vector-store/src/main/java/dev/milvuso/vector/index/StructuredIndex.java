package dev.milvuso.vector.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an index, and how a structure is made of them while others write: it is made of the rows of one moment,
 * then takes up what has been written since, and is exchanged for the one before once nothing is left.
 *
 * @param <S> the structure; changed under the lock alone
 */
abstract class StructuredIndex<S> implements VectorIndex {
    /** For so long a new structure takes up rows before writers have their turn again. */
    private static final long NANOS_AT_ONCE = 500_000;
    /** Each takes up what came during the one before, which is less each time; then writers wait for the rest. */
    private static final int PASSES = 4;

    final Similarity similarity;
    final int dimension;
    final Rows rows = new Rows();
    final ReentrantLock lock = new ReentrantLock();

    private final int exactBelow;
    /** Held by the one who makes a structure. */
    private final ReentrantLock making = new ReentrantLock();
    /** Slots written since; none while no structure is being made. Under the lock, as is all that follows. */
    private @Nullable Changes changed;

    private volatile @Nullable S structure;

    StructuredIndex(Similarity similarity, int dimension, int exactBelow) {
        this.similarity = similarity;
        this.dimension = dimension;
        this.exactBelow = exactBelow;
    }

    /** Slots that have been written since a moment. */
    private static final class Changes {
        final BitSet slots = new BitSet();
    }

    /** Makes a structure. */
    interface Making<S> {
        /** @param rows of the slots, which are in ascending order; one at least */
        S of(int[] slots, float[][] rows);
    }

    /** Writes what it was made of, whatever becomes of that. */
    interface Writing {
        void to(StructureWriter writer) throws IOException;
    }

    /** Stores rows, which nobody changes any more: those from a number on, below another. */
    abstract void write(int[] slots, float[][] vectors, int from, int end);

    /** Anew. */
    abstract S made(int[] slots, float[][] vectors);

    /** Of what was saved, which is read to its end. */
    abstract Making<S> saved(StructureReader reader) throws IOException;

    /** Under the lock, of the structure as it is. */
    abstract Writing writing(S from);

    /** Which kind of structure is written, and in which form. */
    abstract String kind();

    /** Has a structure that is not in use yet follow a slot's row; null if it is empty. Under the lock. */
    abstract void follow(S behind, int slot, float @Nullable [] row);

    /** A structure that has been made is now the one in use. Under the lock. */
    abstract void adopted(S adopted);

    /** Measures which effort takes which recall. */
    abstract void calibrate();

    abstract void removeFrom(S from, int slot);

    final @Nullable S structure() {
        return structure;
    }

    /** Under the lock: what every write does first. */
    final void set(int slot, float @Nullable [] row) {
        rows.set(slot, row);
        if (changed != null) {
            changed.slots.set(slot);
        }
    }

    @Override
    public final void put(int slot, float[] vector) {
        store(new int[] {slot}, new float[][] {checked(vector)});
    }

    @Override
    public final void putAll(int[] slots, float[][] vectors) {
        if (slots.length != vectors.length) {
            throw new IllegalArgumentException(
                    slots.length + " slots and " + vectors.length + " vectors: must be as many of each");
        }
        float[][] copies = new float[slots.length][];
        for (int i = 0; i < slots.length; i++) {
            copies[i] = checked(vectors[i]);
        }
        store(slots, copies);
    }

    private void store(int[] slots, float[][] vectors) {
        for (int from = 0; from < slots.length; from += Arrivals.MOST) {
            write(slots, vectors, from, Math.min(slots.length, from + Arrivals.MOST));
        }
        if (structure == null && rows.count() >= exactBelow && making.tryLock()) {
            try {
                if (structure == null) {
                    train();
                }
            } finally {
                making.unlock();
            }
        }
    }

    private float[] checked(float[] vector) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException("a vector of " + vector.length + " numbers: the index has " + dimension);
        }
        return vector.clone();
    }

    @Override
    public final void load(int count, IntFunction<float[]> vectors) {
        if (structure != null) {
            IntStream.range(0, count).forEach(slot -> put(slot, vectors.apply(slot)));
            return;
        }
        for (int slot = 0; slot < count; slot++) {
            float[] row = checked(vectors.apply(slot));
            lock.lock();
            try {
                set(slot, row);
            } finally {
                lock.unlock();
            }
        }
        if (rows.count() >= exactBelow) {
            train();
        }
    }

    @Override
    public final void remove(int slot) {
        lock.lock();
        try {
            set(slot, null);
            S now = structure;
            if (now != null) {
                removeFrom(now, slot);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final float @Nullable [] get(int slot) {
        return rows.get(slot);
    }

    @Override
    public final int size() {
        return rows.count();
    }

    @Override
    public final Found exact(float[] query, int k, Selection selection) {
        ExactSearch search = exactSearch(similarity.placed(query), k);
        if (selection.count() >= 0) {
            for (int slot : selection.slots().toArray()) {
                if (selection.contains(slot)) {
                    search.look(slot);
                }
            }
        } else {
            int limit = rows.limit();
            for (int slot = 0; slot < limit; slot++) {
                if (selection.contains(slot)) {
                    search.look(slot);
                }
            }
        }
        return search.best();
    }

    /** @param query as {@link Similarity#placed} */
    final ExactSearch exactSearch(float[] query, int k) {
        return new ExactSearch(similarity, rows, query, Math.min(k, Math.max(1, size())));
    }

    @Override
    public final boolean isTrained() {
        return structure != null;
    }

    @Override
    public final void train() {
        make(this::made);
        if (structure != null) {
            calibrate();
        }
    }

    private void make(Making<S> how) {
        making.lock();
        Changes since = new Changes();
        try {
            int[] slots;
            float[][] vectors;
            lock.lock();
            try {
                slots = rows.slots();
                vectors = rows.of(slots);
                changed = since;
            } finally {
                lock.unlock();
            }
            if (slots.length > 0) {
                exchange(how.of(slots, vectors), since);
            }
        } finally {
            end(since);
            making.unlock();
        }
    }

    private void exchange(S made, Changes since) {
        for (int pass = 0; pass < PASSES; pass++) {
            catchUp(made, since);
        }
        lock.lock();
        try {
            follow(made, since, 0, Long.MAX_VALUE);
            // Unless it has been forgotten meanwhile.
            if (changed == since) {
                adopted(made);
                structure = made;
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(Changes since) {
        lock.lock();
        try {
            changed = changed == since ? null : changed;
        } finally {
            lock.unlock();
        }
    }

    private void catchUp(S made, Changes since) {
        int slot = 0;
        while (slot >= 0) {
            long begin = System.nanoTime();
            lock.lock();
            try {
                slot = follow(made, since, slot, NANOS_AT_ONCE);
            } finally {
                lock.unlock();
            }
            if (lock.hasQueuedThreads()) {
                LockSupport.parkNanos(System.nanoTime() - begin);
            }
        }
    }

    /** @return the slot to go on with, -1 if there is none */
    private int follow(S made, Changes since, int from, long nanos) {
        long begin = System.nanoTime();
        int slot = since.slots.nextSetBit(from);
        while (slot >= 0 && System.nanoTime() - begin < nanos) {
            since.slots.clear(slot);
            follow(made, slot, rows.get(slot));
            slot = since.slots.nextSetBit(slot + 1);
        }
        return slot;
    }

    @Override
    public final void forget() {
        lock.lock();
        try {
            structure = null;
            changed = null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final void save(OutputStream to) throws IOException {
        S now;
        Writing writing;
        lock.lock();
        try {
            now = structure;
            writing = now == null ? any -> {} : writing(now);
        } finally {
            lock.unlock();
        }
        StructureWriter writer = new StructureWriter(to, header(), now != null);
        writing.to(writer);
        writer.finish();
    }

    private String header() {
        return kind() + " " + similarity + " " + dimension;
    }

    @Override
    public final void restore(InputStream from) throws IOException {
        StructureReader reader = new StructureReader(from, header());
        Making<S> saved = reader.isThere() ? saved(reader) : null;
        reader.finish();
        if (saved != null) {
            make(saved);
        }
    }
}
