package dev.milvuso.vector.index;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows as codes of 4 bits, and their links, in flat arrays. One writer at a time; any number of readers, who may see a
 * node's links half renewed: each is a node all the same. It does not grow: {@link #grown} makes a larger one.
 */
final class HnswGraph {
    private static final IndexMath MATH = IndexMath.BEST;
    /** Shorts of a node's scale and bias. */
    private static final int FLOATS = 4;

    private static final int GUARDS = 512;

    final int capacity;
    final int links;
    private final Similarity similarity;
    /** Codes are those of the differences from here. */
    private final float[] middle;

    private final float[] spreads;
    private final Encoder encoder;
    private final int groups;
    /** Shape [capacity, groups + 4]: see {@link IndexMath}. */
    private final short[] codes;
    /** Shape [capacity, 1 + 2 links]: how many, then which. */
    private final int[] base;
    /** By node, for those with a level above the lowest: shape [levels, 1 + links]. */
    private final int[] @Nullable [] upper;
    /** By node; -1 of one whose row has gone or moved. */
    private final int[] slots;

    private final RowCode code;
    private final Object[] guards = new Object[GUARDS];

    volatile int entry = -1;
    /** A level that the entry has: written after it. */
    volatile int top;

    volatile int size;

    /**
     * @param middle of the rows
     * @param spreads of them around it, by dimension
     */
    HnswGraph(HnswSettings settings, float[] middle, float[] spreads, int capacity) {
        this.capacity = capacity;
        this.links = settings.links();
        this.similarity = settings.similarity();
        this.middle = middle;
        this.spreads = spreads;
        this.encoder = new Encoder(spreads, similarity.isDistance());
        this.groups = (encoder.groups() + 15) / 16 * 16;
        this.codes = new short[Math.multiplyExact(capacity, groups + FLOATS)];
        this.base = new int[Math.multiplyExact(capacity, 1 + 2 * links)];
        this.upper = new int[capacity][];
        this.slots = new int[capacity];
        this.code = new RowCode(encoder.groups());
        Arrays.fill(slots, -1);
        Arrays.setAll(guards, i -> new Object());
    }

    HnswGraph grown(HnswSettings settings, int capacity) {
        HnswGraph grown = new HnswGraph(settings, middle, spreads, capacity);
        System.arraycopy(codes, 0, grown.codes, 0, codes.length);
        System.arraycopy(base, 0, grown.base, 0, base.length);
        for (int node = 0; node < size; node++) {
            // Of its own: who reads this graph would be led to nodes that only the grown one has.
            int[] levels = upper[node];
            grown.upper[node] = levels == null ? null : levels.clone();
        }
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
        encode(row, codes, node * (groups + FLOATS));
        upper[node] = level == 0 ? null : new int[level * (1 + links)];
        slots[node] = slot;
        size = node + 1;
        return node;
    }

    private void encode(float[] row, short[] to, int at) {
        encoder.encode(row, middle, code);
        System.arraycopy(code.packed, 0, to, at, code.packed.length);
        split(code.scale, to, at + groups);
        split(code.bias, to, at + groups + 2);
    }

    private static void split(float number, short[] to, int at) {
        int bits = Float.floatToRawIntBits(number);
        to[at] = (short) bits;
        to[at + 1] = (short) (bits >>> 16);
    }

    /** Whether a node was made of a row. For the one writer. */
    boolean holds(int node, float[] row) {
        short[] expected = new short[groups + FLOATS];
        encode(row, expected, 0);
        int at = node * expected.length;
        return Arrays.equals(codes, at, at + expected.length, expected, 0, expected.length);
    }

    HnswQuery query() {
        return new HnswQuery(groups);
    }

    /** @param row as {@link Similarity#placed} */
    void ask(HnswQuery query, float[] row) {
        query.set(row, encoder, similarity.base(row, middle));
    }

    /** Of the first so many nodes; larger is nearer. */
    void scores(HnswQuery query, int[] nodes, int count, float[] scores) {
        MATH.scores(codes, nodes, count, groups, query.weights, query.start, query.factor, query.base, scores);
    }

    /** Whom to wait for while links of a node are added to. */
    Object guard(int node) {
        return guards[node % GUARDS];
    }

    int slot(int node) {
        return slots[node];
    }

    void forget(int node) {
        slots[node] = -1;
    }

    int room(int level) {
        return level == 0 ? 2 * links : links;
    }

    /**
     * Copies a node's links.
     *
     * @param begin where to
     * @return how many there are
     */
    int links(int node, int level, int[] to, int begin) {
        int[] from = level == 0 ? base : upper[node];
        if (from == null) {
            return 0;
        }
        int at = at(node, level);
        int count = from[at];
        System.arraycopy(from, at + 1, to, begin, count);
        return count;
    }

    /**
     * Has a node's links brought into the caches, while other things are done. What it returns is of no meaning, but
     * must be kept: else the compiler leaves it out.
     */
    int touchLinks(int node, int level) {
        int at = at(node, 0);
        return level == 0 ? base[at] ^ base[at + links] ^ base[at + 2 * links] : 0;
    }

    /** As {@link #touchLinks} of a node's code. */
    int touchCode(int node) {
        int at = node * (groups + FLOATS);
        return codes[at] ^ codes[at + groups + FLOATS - 1];
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
        to.floats(middle);
        to.floats(spreads);
        to.number(size);
        to.number(entry);
        to.number(top);
        to.ints(Arrays.copyOf(slots, size));
        to.shorts(codes, size * (groups + FLOATS));
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
        float[] middle = from.floats();
        float[] spreads = from.floats();
        int size = from.number();
        int entry = from.number();
        int top = from.number();
        int[] slots = from.ints();
        short[] codes = from.shorts();
        int[] base = from.ints();
        check(middle.length == settings.dimension() && spreads.length == middle.length && size == slots.length);
        HnswGraph graph = new HnswGraph(settings, middle, spreads, size + size / 8 + 1);
        check(codes.length == (long) size * (graph.groups + FLOATS));
        check(base.length == (long) size * (1 + 2 * graph.links) && entry < size);
        System.arraycopy(slots, 0, graph.slots, 0, size);
        System.arraycopy(codes, 0, graph.codes, 0, codes.length);
        System.arraycopy(base, 0, graph.base, 0, base.length);
        for (int node = from.number(); node >= 0; node = from.number()) {
            check(node < size);
            graph.upper[node] = from.ints();
        }
        graph.size = size;
        graph.top = top;
        graph.entry = entry;
        return graph;
    }

    private static void check(boolean fits) throws IOException {
        if (!fits) {
            throw new IOException("the structure is damaged: its parts are of different lengths");
        }
    }

    long bytes() {
        long bytes = 2L * codes.length + 4L * (base.length + 2L * capacity);
        for (int node = 0; node < size; node++) {
            int[] levels = upper[node];
            bytes += levels == null ? 0 : 16 + 4L * levels.length;
        }
        return bytes;
    }
}
