package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.IntStream;

/**
 * A graph that grows with its rows, and which node is whose. A row that is replaced becomes a new node; the old one
 * only leads on. Written under the index's lock; any number of readers.
 */
final class HnswNodes {
    private static final int FIRST_CAPACITY = 4096;
    private static final int SAMPLE = 20_000;
    /** Rows that come one by one in any case. */
    private static final int FIRST = 500;

    private final HnswSettings settings;
    private final HnswInsertion insertion;
    private int[] nodes = new int[0];
    /** Searches read it without the lock: an older number is as good. */
    private int live;

    private volatile HnswGraph graph;
    private volatile Breadths breadths = Breadths.NONE;

    private HnswNodes(HnswSettings settings, Rows rows, HnswGraph graph) {
        this.settings = settings;
        this.insertion = new HnswInsertion(settings, rows);
        this.graph = graph;
    }

    /**
     * Of many rows, in parallel. Those that lie on more levels than one come first, one by one: then nothing but links
     * of the lowest level changes while several threads walk.
     *
     * @param rows where they are
     * @param vectors of the slots, one at least
     */
    static HnswNodes of(HnswSettings settings, Rows rows, int[] slots, float[][] vectors) {
        float[][] sample = sample(settings.similarity(), vectors);
        float[] middle = Nearest.mean(sample, settings.dimension());
        float[] spreads = Nearest.spreads(sample, middle);
        int capacity = Math.max(FIRST_CAPACITY, slots.length);
        HnswNodes made = new HnswNodes(settings, rows, new HnswGraph(settings, middle, spreads, capacity));
        made.fill(rows, slots, vectors);
        return made;
    }

    private static float[][] sample(Similarity similarity, float[][] vectors) {
        int step = 1 + vectors.length / SAMPLE;
        float[][] sample = new float[(vectors.length + step - 1) / step][];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = similarity.placed(vectors[i * step]);
        }
        return sample;
    }

    private void fill(Rows rows, int[] slots, float[][] vectors) {
        reserve(slots[slots.length - 1]);
        int[] lowest = new int[slots.length];
        int count = 0;
        for (int i = 0; i < slots.length; i++) {
            int level = insertion.level();
            float[] row = settings.similarity().placed(vectors[i]);
            int node = graph.add(row, slots[i], level);
            nodes[slots[i]] = node;
            if (level > 0 || i < FIRST) {
                insertion.link(graph, node, row, level);
            } else {
                lowest[count++] = i;
            }
        }
        live = slots.length;
        ConcurrentLinkedDeque<HnswInsertion> idle = new ConcurrentLinkedDeque<>();
        IntStream.range(0, count).parallel().map(i -> lowest[i]).forEach(i -> {
            HnswInsertion taken = idle.poll();
            HnswInsertion own = taken == null ? new HnswInsertion(settings, rows) : taken;
            own.link(graph, nodes[slots[i]], settings.similarity().placed(vectors[i]), 0);
            idle.push(own);
        });
    }

    /**
     * A graph that was made of other rows, made that of these.
     *
     * @param all the rows by slot
     * @param rows of the slots
     */
    static HnswNodes of(
            HnswSettings settings, Rows all, HnswGraph graph, Breadths breadths, int[] slots, float[][] rows) {
        HnswNodes nodes = new HnswNodes(settings, all, graph);
        nodes.breadths = breadths;
        nodes.reserve(slots[slots.length - 1]);
        for (int node = 0; node < graph.size; node++) {
            int slot = graph.slot(node);
            int at = Arrays.binarySearch(slots, slot);
            if (at >= 0 && graph.holds(node, settings.similarity().placed(rows[at]))) {
                nodes.nodes[slot] = node;
                nodes.live++;
            } else {
                graph.forget(node);
            }
        }
        for (int i = 0; i < slots.length; i++) {
            if (nodes.nodes[slots[i]] < 0) {
                nodes.put(slots[i], settings.similarity().placed(rows[i]));
            }
        }
        return nodes;
    }

    private void reserve(int slot) {
        if (slot >= nodes.length) {
            int before = nodes.length;
            nodes = Arrays.copyOf(nodes, Math.max(FIRST_CAPACITY, slot + slot / 8 + 1));
            Arrays.fill(nodes, before, nodes.length, -1);
        }
    }

    HnswGraph graph() {
        return graph;
    }

    /** Which breadth of a search gives which recall in this graph. */
    Breadths breadths() {
        return breadths;
    }

    void measured(Breadths measured) {
        breadths = measured;
    }

    /** @param row as {@link Similarity#placed} */
    void put(int slot, float[] row) {
        remove(slot);
        HnswGraph now = graph;
        if (now.size == now.capacity) {
            now = now.grown(settings, now.capacity + now.capacity / 2);
            graph = now;
        }
        reserve(slot);
        int level = insertion.level();
        int node = now.add(row, slot, level);
        nodes[slot] = node;
        insertion.link(now, node, row, level);
        live++;
    }

    void remove(int slot) {
        if (slot < nodes.length && nodes[slot] >= 0) {
            graph.forget(nodes[slot]);
            nodes[slot] = -1;
            live--;
        }
    }

    /** Nodes whose rows have gone or moved. */
    int forgotten() {
        return graph.size - live;
    }

    /** A breadth that holds as many rows among nodes of which some are no rows any more. */
    int widened(int breadth) {
        return (int) Math.min(graph.size, (long) breadth * graph.size / Math.max(1, live));
    }

    long bytes() {
        return graph.bytes() + 4L * nodes.length;
    }
}
