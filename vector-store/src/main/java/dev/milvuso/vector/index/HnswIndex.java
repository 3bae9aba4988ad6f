package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A graph of near rows, walked by codes of 8 bits; the best are then scored exactly. For vectors that seldom move: a
 * row that is replaced becomes a new node, the old one only leads on, and once there are as many of those as of rows
 * the graph is made anew, while writers wait.
 *
 * <p>A search takes no lock. Writers take one, for a fraction of a millisecond.
 */
public final class HnswIndex implements VectorIndex {
    private static final int FIRST_CAPACITY = 4096;
    private static final int MATCHING = 2048;

    private final HnswSettings settings;
    private final Rows rows = new Rows();
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentLinkedDeque<HnswWalk> walks = new ConcurrentLinkedDeque<>();
    private final HnswInsertion insertion;
    private int[] nodes = new int[0];
    private int measuredAt;
    private volatile HnswGraph graph;
    private volatile Breadths breadths = Breadths.NONE;

    public HnswIndex(HnswSettings settings) {
        this.settings = settings;
        this.insertion = new HnswInsertion(settings);
        this.graph = new HnswGraph(settings, FIRST_CAPACITY);
    }

    @Override
    public void put(int slot, float[] vector) {
        if (vector.length != settings.dimension()) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.length + " numbers: the index has " + settings.dimension());
        }
        float[] row = vector.clone();
        boolean due;
        lock.lock();
        try {
            forget(slot);
            rows.set(slot, row);
            insert(slot, row);
            due = rows.count() >= settings.exactBelow() && rows.count() >= 2 * measuredAt;
            measuredAt = due ? rows.count() : measuredAt;
        } finally {
            lock.unlock();
        }
        if (due) {
            breadths = Breadths.of(this, Calibration.standIns(rows, settings.dimension(), 64, settings.seed()));
        }
    }

    private void insert(int slot, float[] row) {
        HnswGraph now = graph;
        if (now.size == now.capacity) {
            now = now.size > 2 * rows.count() ? anew(slot) : now.grown(settings, now.capacity + now.capacity / 2);
            graph = now;
        }
        if (slot >= nodes.length) {
            int before = nodes.length;
            nodes = Arrays.copyOf(nodes, Math.max(FIRST_CAPACITY, slot + slot / 2 + 1));
            Arrays.fill(nodes, before, nodes.length, -1);
        }
        nodes[slot] = insertion.insert(now, settings.similarity().placed(row), slot);
    }

    /** Of all rows but one. */
    private HnswGraph anew(int without) {
        HnswGraph made = new HnswGraph(settings, Math.max(FIRST_CAPACITY, rows.count() + rows.count() / 2));
        for (int slot : rows.slots()) {
            float[] row = rows.get(slot);
            if (slot != without && row != null) {
                nodes[slot] = insertion.insert(made, settings.similarity().placed(row), slot);
            }
        }
        return made;
    }

    private void forget(int slot) {
        if (slot < nodes.length && nodes[slot] >= 0) {
            graph.forget(nodes[slot]);
            nodes[slot] = -1;
        }
    }

    @Override
    public void remove(int slot) {
        lock.lock();
        try {
            forget(slot);
            rows.set(slot, null);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        return rows.count();
    }

    /** The vector as it was given; not to be changed. */
    public float @Nullable [] get(int slot) {
        return rows.get(slot);
    }

    @Override
    public Found search(float[] query, int k, Selection selection, float recall) {
        int matching = selection.count();
        int rowCount = size();
        if (recall >= 1 || rowCount <= settings.exactBelow() || (matching >= 0 && matching <= MATCHING)) {
            return exact(query, k, selection);
        }
        return search(query, k, selection, breadths.of(k, recall));
    }

    /** @param breadth how many of the best are kept while walking; k at least are */
    public Found search(float[] query, int k, Selection selection, int breadth) {
        HnswGraph now = graph;
        float[] placed = settings.similarity().placed(query);
        int from = now.entry;
        if (from < 0) {
            return exact(query, k, selection);
        }
        HnswWalk taken = walks.poll();
        HnswWalk walk = taken == null ? new HnswWalk(settings.links()) : taken;
        for (int level = now.top; level > 0; level--) {
            from = walk.descend(now, placed, from, level);
        }
        Found near = walk.broad(now, placed, from, 0, Math.max(k, breadth), node -> {
            int slot = now.slot(node);
            return slot >= 0 && selection.contains(slot);
        });
        walks.push(walk);
        return best(now, near.slots(), placed, k);
    }

    private Found best(HnswGraph now, int[] found, float[] query, int k) {
        int[] slots = Arrays.stream(found)
                .limit(Calibration.candidates(k))
                .map(now::slot)
                .sorted()
                .distinct()
                .toArray();
        return exact(query, k, Arrays.stream(slots).filter(slot -> slot >= 0));
    }

    /** Every row that is selected. */
    public Found exact(float[] query, int k, Selection selection) {
        IntStream slots = selection.count() >= 0 ? selection.slots() : IntStream.range(0, rows.limit());
        return exact(settings.similarity().placed(query), k, slots.filter(selection::contains));
    }

    private Found exact(float[] query, int k, IntStream slots) {
        TopScores best = new TopScores(Math.min(k, Math.max(1, size())));
        slots.forEach(slot -> {
            float[] row = rows.get(slot);
            if (row != null) {
                best.offer(slot, settings.similarity().score(query, row));
            }
        });
        return best.drain();
    }

    @Override
    public long bytes() {
        return rows.bytes(settings.dimension()) + graph.bytes() + 4L * nodes.length;
    }

    @Override
    public void close() {
        // Nothing runs in the background.
    }
}
