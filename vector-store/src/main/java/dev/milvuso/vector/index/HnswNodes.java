package dev.milvuso.vector.index;

import java.util.Arrays;

/**
 * A graph that grows with its rows, and which node is whose. A row that is replaced becomes a new node; the old one
 * only leads on. Written under the index's lock; any number of readers.
 */
final class HnswNodes {
    private static final int FIRST_CAPACITY = 4096;

    private final HnswSettings settings;
    private final HnswInsertion insertion;
    private int[] nodes = new int[0];
    private int live;
    private volatile HnswGraph graph;
    private volatile Breadths breadths = Breadths.NONE;

    /** @param rows that are to come */
    HnswNodes(HnswSettings settings, int rows) {
        this(settings, new HnswGraph(settings, Math.max(FIRST_CAPACITY, rows + rows / 8)));
    }

    private HnswNodes(HnswSettings settings, HnswGraph graph) {
        this.settings = settings;
        this.insertion = new HnswInsertion(settings);
        this.graph = graph;
    }

    /**
     * A graph that was made of other rows, made that of these.
     *
     * @param rows of the slots
     */
    static HnswNodes of(HnswSettings settings, HnswGraph graph, Breadths breadths, int[] slots, float[][] rows) {
        HnswNodes nodes = new HnswNodes(settings, graph);
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
        nodes[slot] = insertion.insert(now, row, slot);
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

    long bytes() {
        return graph.bytes() + 4L * nodes.length;
    }
}
