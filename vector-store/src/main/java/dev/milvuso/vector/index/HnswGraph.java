package dev.milvuso.vector.index;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows as codes of 8 bits, and their links, in flat arrays. One writer at a time; any number of readers, who may see a
 * node's links half renewed: each is a node all the same. It does not grow: {@link #grown} makes a larger one.
 */
final class HnswGraph {
    private static final IndexMath MATH = IndexMath.BEST;
    private static final int HIGHEST = 127;

    final int capacity;
    final int links;
    private final int dimension;
    private final boolean distance;
    private final byte[] codes;
    private final float[] scales;
    /** By squared distance minus a row's square, else none. */
    private final float[] biases;
    /** Shape [capacity, 1 + 2 links]: how many, then which. */
    private final int[] base;
    /** By node, for those with a level above the lowest: shape [levels, 1 + links]. */
    private final int[] @Nullable [] upper;
    /** By node; -1 of one whose row has gone or moved. */
    private final int[] slots;

    volatile int entry = -1;
    volatile int top;
    volatile int size;

    HnswGraph(HnswSettings settings, int capacity) {
        this.capacity = capacity;
        this.links = settings.links();
        this.dimension = settings.dimension();
        this.distance = settings.similarity().isDistance();
        this.codes = new byte[Math.multiplyExact(capacity, dimension)];
        this.scales = new float[capacity];
        this.biases = new float[distance ? capacity : 0];
        this.base = new int[Math.multiplyExact(capacity, 1 + 2 * links)];
        this.upper = new int[capacity][];
        this.slots = new int[capacity];
        Arrays.fill(slots, -1);
    }

    HnswGraph grown(HnswSettings settings, int capacity) {
        HnswGraph grown = new HnswGraph(settings, capacity);
        System.arraycopy(codes, 0, grown.codes, 0, codes.length);
        System.arraycopy(scales, 0, grown.scales, 0, scales.length);
        System.arraycopy(biases, 0, grown.biases, 0, biases.length);
        System.arraycopy(base, 0, grown.base, 0, base.length);
        System.arraycopy(upper, 0, grown.upper, 0, upper.length);
        System.arraycopy(slots, 0, grown.slots, 0, slots.length);
        grown.entry = entry;
        grown.top = top;
        grown.size = size;
        return grown;
    }

    /** As it is now, by itself. */
    HnswGraph copy(HnswSettings settings) {
        return grown(settings, capacity);
    }

    /**
     * Writes a row, without links.
     *
     * @return its node
     */
    int add(float[] row, int slot, int level) {
        int node = size;
        float most = most(row);
        float step = most > 0 ? HIGHEST / most : 0;
        for (int i = 0; i < dimension; i++) {
            codes[node * dimension + i] = (byte) Math.round(row[i] * step);
        }
        scales[node] = most / HIGHEST;
        if (distance) {
            biases[node] = -MATH.dot(row, row, 0, dimension);
        }
        upper[node] = level == 0 ? null : new int[level * (1 + links)];
        slots[node] = slot;
        size = node + 1;
        return node;
    }

    private static float most(float[] row) {
        float most = 0;
        for (float number : row) {
            most = Math.max(most, Math.abs(number));
        }
        return most;
    }

    /** Whether a node was made of a row. */
    boolean holds(int node, float[] row) {
        float most = most(row);
        float step = most > 0 ? HIGHEST / most : 0;
        boolean same = scales[node] == most / HIGHEST;
        for (int i = 0; i < dimension && same; i++) {
            same = codes[node * dimension + i] == (byte) Math.round(row[i] * step);
        }
        return same;
    }

    int slot(int node) {
        return slots[node];
    }

    void forget(int node) {
        slots[node] = -1;
    }

    /** Larger is nearer; squares of the query left out. */
    float score(float[] query, int node) {
        float product = scales[node] * MATH.dot(query, codes, node * dimension, dimension);
        return distance ? 2 * product + biases[node] : product;
    }

    /** By squared distance minus a row's square, else 0: what turns a score into one that is the same both ways. */
    float bias(int node) {
        return distance ? biases[node] : 0;
    }

    /** The row as its codes have it. */
    void decode(int node, float[] row) {
        for (int i = 0; i < dimension; i++) {
            row[i] = scales[node] * codes[node * dimension + i];
        }
    }

    int room(int level) {
        return level == 0 ? 2 * links : links;
    }

    /**
     * Copies a node's links.
     *
     * @return how many there are
     */
    int links(int node, int level, int[] to) {
        int[] from = level == 0 ? base : upper[node];
        if (from == null) {
            return 0;
        }
        int at = at(node, level);
        int count = from[at];
        System.arraycopy(from, at + 1, to, 0, count);
        return count;
    }

    void link(int node, int level, int[] neighbours, int count) {
        int[] to = level == 0 ? base : upper[node];
        if (to == null) {
            throw new IllegalStateException("node " + node + " has no level " + level);
        }
        int at = at(node, level);
        System.arraycopy(neighbours, 0, to, at + 1, count);
        to[at] = count;
    }

    private int at(int node, int level) {
        return level == 0 ? node * (1 + 2 * links) : (level - 1) * (1 + links);
    }

    void write(StructureWriter to) throws IOException {
        to.number(size);
        to.number(entry);
        to.number(top);
        to.ints(Arrays.copyOf(slots, size));
        to.bytes(Arrays.copyOf(codes, size * dimension));
        to.floats(Arrays.copyOf(scales, size));
        to.floats(Arrays.copyOf(biases, distance ? size : 0));
        to.ints(Arrays.copyOf(base, size * (1 + 2 * links)));
        for (int node = 0; node < size; node++) {
            int[] levels = upper[node];
            if (levels != null) {
                to.number(node);
                to.ints(levels);
            }
        }
        to.number(-1);
    }

    static HnswGraph read(StructureReader from, HnswSettings settings) throws IOException {
        int size = from.number();
        int entry = from.number();
        int top = from.number();
        int[] slots = from.ints();
        byte[] codes = from.bytes();
        float[] scales = from.floats();
        float[] biases = from.floats();
        int[] base = from.ints();
        HnswGraph graph = new HnswGraph(settings, slots.length + slots.length / 8 + 1);
        if (size != slots.length
                || codes.length != (long) size * graph.dimension
                || scales.length != size
                || biases.length != (graph.distance ? size : 0)
                || base.length != (long) size * (1 + 2 * graph.links)
                || entry >= size) {
            throw new IOException("the structure is damaged: its parts are of different lengths");
        }
        System.arraycopy(slots, 0, graph.slots, 0, size);
        System.arraycopy(codes, 0, graph.codes, 0, codes.length);
        System.arraycopy(scales, 0, graph.scales, 0, size);
        System.arraycopy(biases, 0, graph.biases, 0, biases.length);
        System.arraycopy(base, 0, graph.base, 0, base.length);
        for (int node = from.number(); node >= 0; node = from.number()) {
            if (node >= size) {
                throw new IOException("the structure is damaged: it links node " + node + " of " + size);
            }
            graph.upper[node] = from.ints();
        }
        graph.size = size;
        graph.top = top;
        graph.entry = entry;
        return graph;
    }

    long bytes() {
        long bytes = codes.length + 4L * (scales.length + biases.length + base.length + 2L * capacity);
        for (int node = 0; node < size; node++) {
            int[] levels = upper[node];
            bytes += levels == null ? 0 : 16 + 4L * levels.length;
        }
        return bytes;
    }
}
