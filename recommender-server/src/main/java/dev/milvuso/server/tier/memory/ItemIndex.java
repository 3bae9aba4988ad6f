package dev.milvuso.server.tier.memory;

import dev.milvuso.action.ItemId;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.index.Found;
import dev.milvuso.vector.index.IvfIndex;
import dev.milvuso.vector.index.IvfSettings;
import dev.milvuso.vector.index.Selection;
import dev.milvuso.vector.index.Similarity;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.concurrent.Executor;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The item vectors of one model version by slot, in the index of the vector store's engine: changed in place, searched
 * exactly while there are few. Written by one thread at a time, read by many.
 */
public final class ItemIndex implements AutoCloseable {
    /** A part of the capacity by which it may be exceeded for a while. */
    private static final int SLACK = 16;

    /** Of the capacity, what may be lent beside it; no less than a long list's candidates, nor more than helps. */
    private static final int LENT = 8;

    private static final int FEWEST_LENT = 256;
    private static final int MOST_LENT = 16_384;

    private final ItemSlots slots;
    private final Metric metric;
    private final int dimension;
    private final float recall;
    private final IvfIndex vectors;
    private final int capacity;
    private final IntToDoubleFunction activity;
    private final BitSet absent = new BitSet();
    private final LentVectors lent;
    private volatile boolean whole = true;
    private volatile int known;
    private double bar = Double.NEGATIVE_INFINITY;
    private long[] epochs = new long[1024];
    private long[] steps = new long[1024];

    /**
     * @param metric by which vectors are compared, as they were trained
     * @param recall share of the true nearest that a search aims at; 1 is exact
     * @param background for the upkeep of the index
     * @param memory most that the vectors may take, in bytes; 0 means that all are held
     * @param activity of an item by slot: where memory does not suffice, the most active are held
     */
    public ItemIndex(
            ItemSlots slots,
            Metric metric,
            int dimension,
            float recall,
            Executor background,
            long memory,
            IntToDoubleFunction activity) {
        this.slots = slots;
        this.metric = metric;
        this.dimension = dimension;
        this.recall = recall;
        this.capacity =
                memory == 0 ? Integer.MAX_VALUE : (int) Math.max(1, Math.min(1 << 30, memory / rowBytes(dimension)));
        this.activity = activity;
        this.vectors = new IvfIndex(IvfSettings.of(similarity(metric), dimension), background);
        this.lent = new LentVectors(Math.max(FEWEST_LENT, Math.min(MOST_LENT, capacity / LENT)));
    }

    /** Of a vector, its code and its place. */
    private static long rowBytes(int dimension) {
        return 5L * dimension + 96;
    }

    private static Similarity similarity(Metric metric) {
        return switch (metric) {
            case INNER_PRODUCT -> Similarity.INNER_PRODUCT;
            case COSINE -> Similarity.COSINE;
            case EUCLIDEAN -> Similarity.EUCLIDEAN;
            case MANHATTAN -> throw new IllegalArgumentException("models have no metric " + metric.label());
        };
    }

    /**
     * Keeps the embedding unless a newer one is there.
     *
     * @throws IllegalArgumentException if its id is none, its length another, or a number not servable
     */
    public synchronized void put(Embedding embedding) {
        float[] vector = embedding.vector();
        for (float number : vector) {
            if (!Embedding.isServable(number)) {
                throw new IllegalArgumentException("the vector of " + embedding.id() + " holds " + number + ": at most "
                        + Embedding.LARGEST + " in magnitude is served");
            }
        }
        int slot = slots.of(new ItemId(embedding.id()));
        if (slot >= epochs.length) {
            int room = Math.max(slot + 1, 2 * epochs.length);
            epochs = Arrays.copyOf(epochs, room);
            steps = Arrays.copyOf(steps, room);
        }
        if (vectors.get(slot) == null || isNewer(embedding.epoch(), embedding.step(), slot)) {
            hold(slot, embedding.epoch(), embedding.step(), vector);
        }
    }

    private void hold(int slot, long epoch, long step, float[] vector) {
        if (vectors.get(slot) == null && vectors.size() >= capacity && activity.applyAsDouble(slot) <= bar) {
            absent.set(slot);
            lent.renew(slot, vector);
        } else {
            absent.clear(slot);
            vectors.put(slot, vector);
            lent.remove(slot);
            epochs[slot] = epoch;
            steps[slot] = step;
            if (vectors.size() > capacity + (long) capacity / SLACK) {
                shrink();
            }
        }
        counted();
    }

    /** Takes out the least active, some at once: to look for them means to look at all. */
    private void shrink() {
        int[] coldest = IntStream.range(0, epochs.length)
                .filter(slot -> vectors.get(slot) != null)
                .boxed()
                .sorted(Comparator.comparingDouble(activity::applyAsDouble))
                .limit(vectors.size() - capacity)
                .mapToInt(Integer::intValue)
                .toArray();
        for (int slot : coldest) {
            vectors.remove(slot);
            absent.set(slot);
            bar = Math.max(bar, activity.applyAsDouble(slot));
        }
    }

    private void counted() {
        whole = absent.isEmpty();
        known = vectors.size() + absent.cardinality();
    }

    /**
     * Holds a vector that was read elsewhere, of an item that has become active.
     *
     * @param vector as old as can be: whatever was published wins over it
     */
    public synchronized void admit(int slot, float[] vector) {
        if (absent.get(slot) && vector.length == dimension) {
            bar = Double.NEGATIVE_INFINITY; // what is active has changed: who falls below is found anew
            hold(slot, 0, 0, vector);
        }
    }

    /**
     * Keeps a vector that was read elsewhere for whoever asks for the item soon, if it is known and not held. Searches
     * do not find it.
     */
    public synchronized void lend(int slot, float[] vector) {
        if (absent.get(slot) && vector.length == dimension) {
            lent.put(slot, vector);
        }
    }

    /** Notes that the item's vector was looked for elsewhere and not found. */
    public void isNowhere(int slot) {
        lent.isNowhere(slot);
    }

    /** Whether it is worth looking elsewhere for the vector of the item: it is known, and neither held nor lent. */
    public boolean misses(int slot) {
        return !whole && slot >= 0 && vectors.get(slot) == null && !lent.knows(slot) && lacks(slot);
    }

    /** Whether every item of the version that is known is held. */
    public boolean isWhole() {
        return whole;
    }

    /** Whether the item is known and not held. */
    public synchronized boolean lacks(int slot) {
        return absent.get(slot);
    }

    /** How many may be held. */
    public int capacity() {
        return capacity;
    }

    private boolean isNewer(long epoch, long step, int slot) {
        return epoch != epochs[slot] ? epoch > epochs[slot] : step > steps[slot];
    }

    /** Takes the item out unless a newer vector of it is there. */
    public synchronized void remove(Removal removal) {
        int slot = slots.find(new ItemId(removal.id()));
        if (slot == ItemSlots.NONE || slot >= epochs.length) {
            return;
        }
        if (vectors.get(slot) != null && !isOlder(removal, slot)) {
            vectors.remove(slot);
        }
        lent.remove(slot);
        absent.clear(slot);
        counted();
    }

    private boolean isOlder(Removal removal, int slot) {
        return removal.epoch() != epochs[slot] ? removal.epoch() < epochs[slot] : removal.step() < steps[slot];
    }

    /** How many items of the version are known. */
    public int size() {
        return known;
    }

    /** How many vectors are held. */
    public int held() {
        return vectors.size();
    }

    /** The item's vector, held or lent, not to be changed; null if it is not here. */
    public float @Nullable [] vector(int slot) {
        float[] held = vectors.get(slot);
        return held == null ? lent.find(slot) : held;
    }

    /** As {@link #vector}, of those that searches find. */
    public float @Nullable [] heldVector(int slot) {
        return vectors.get(slot);
    }

    /**
     * The score that a search gives, for one item: larger is nearer.
     *
     * @param query shape [dimension]
     * @param vector an item's
     */
    public float score(float[] query, float[] vector) {
        return Nearness.of(metric, query, vector);
    }

    /**
     * @param query shape [dimension], its numbers servable; of another length nothing is found
     * @param k how many at most
     * @param minCosine least cosine of query and item; -1 means any
     * @param wanted asked of candidates alone, or for its slots if they are few
     * @return best first, equal scores by slot; larger scores are nearer
     */
    public Found search(float[] query, int k, double minCosine, Selection wanted) {
        if (query.length != dimension) {
            return new Found(new int[0], new float[0]);
        }
        Selection near = minCosine <= -1
                ? wanted
                : Selection.matching(slot -> wanted.contains(slot) && isNear(query, slot, minCosine));
        return vectors.search(query, k, near, recall);
    }

    private boolean isNear(float[] query, int slot, double minCosine) {
        float[] vector = vectors.get(slot);
        return vector != null && Nearness.of(Metric.COSINE, query, vector) >= minCosine;
    }

    /** Memory of the vectors and of what belongs to them. */
    public long bytes() {
        return vectors.bytes() + 16L * epochs.length;
    }

    @Override
    public void close() {
        vectors.close();
    }
}
