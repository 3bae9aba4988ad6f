package dev.milvuso.vector.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A graph of near rows, walked by codes of 4 bits; the best are then scored exactly. For vectors that seldom move: a
 * row that is replaced becomes a new node, the old one only leads on, and once there are as many of those as of rows
 * the graph is made anew, in the background.
 *
 * <p>A search takes no lock. Writers take one, for a fraction of a millisecond a row.
 */
public final class HnswIndex extends StructuredIndex<HnswNodes> {
    private static final int MATCHING = 2048;
    private static final int STAND_INS = 64;
    /** Rows that are scored exactly beyond twice those wanted: codes are rough. */
    private static final int MORE = 20;

    private final HnswSettings settings;
    private final Executor background;
    private final ConcurrentLinkedDeque<HnswWalk> walks = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private int measuredAt;
    private volatile boolean closed;

    /** @param background for making the graph anew */
    public HnswIndex(HnswSettings settings, Executor background) {
        super(settings.similarity(), settings.dimension(), settings.exactBelow());
        this.settings = settings;
        this.background = background;
    }

    /** What it was made for. */
    public HnswSettings settings() {
        return settings;
    }

    @Override
    void write(int[] slots, float[][] vectors, int from, int end) {
        for (int i = from; i < end; i++) {
            boolean grown = false;
            boolean worn = false;
            lock.lock();
            try {
                set(slots[i], vectors[i]);
                HnswNodes now = structure();
                if (now != null) {
                    now.put(slots[i], similarity.placed(vectors[i]));
                    grown = rows.count() >= 2 * measuredAt;
                    measuredAt = grown ? rows.count() : measuredAt;
                    worn = now.forgotten() > rows.count();
                }
            } finally {
                lock.unlock();
            }
            if (worn && !closed && renewing.compareAndSet(false, true)) {
                background.execute(this::renew);
            } else if (grown && !closed) {
                background.execute(this::calibrate);
            }
        }
    }

    private void renew() {
        try {
            train();
        } finally {
            renewing.set(false);
        }
    }

    @Override
    HnswNodes made(int[] slots, float[][] vectors) {
        return HnswNodes.of(settings, rows, slots, vectors);
    }

    @Override
    void follow(HnswNodes made, int slot, float @Nullable [] row) {
        if (row == null) {
            made.remove(slot);
        } else {
            made.put(slot, similarity.placed(row));
        }
    }

    @Override
    void adopted(HnswNodes adopted) {
        HnswNodes before = structure();
        if (before != null && !adopted.breadths().isMeasured()) {
            adopted.measured(before.breadths());
        }
        measuredAt = rows.count();
    }

    @Override
    void calibrate() {
        HnswNodes now = structure();
        if (now != null && size() > 0) {
            float[][] queries = Calibration.standIns(rows, dimension, STAND_INS, settings.seed());
            now.measured(Breadths.of(this, queries).doubted(Calibration.DOUBT));
        }
    }

    @Override
    void removeFrom(HnswNodes now, int slot) {
        now.remove(slot);
    }

    @Override
    String kind() {
        return "graph of " + settings.links() + " links";
    }

    @Override
    Writing writing(HnswNodes from) {
        HnswGraph copy = from.graph().copy(settings);
        Breadths breadths = from.breadths();
        return to -> {
            copy.write(to);
            to.floats(breadths.recalls());
        };
    }

    @Override
    Making<HnswNodes> saved(StructureReader reader) throws IOException {
        HnswGraph saved = HnswGraph.read(reader, settings);
        Breadths breadths = new Breadths(reader.floats());
        return (slots, vectors) -> HnswNodes.of(settings, rows, saved, breadths, slots, vectors);
    }

    @Override
    public Found search(float[] query, int k, Selection selection, float recall) {
        int matching = selection.count();
        HnswNodes now = structure();
        if (now == null || recall >= 1 || (matching >= 0 && matching <= MATCHING)) {
            return exact(query, k, selection);
        }
        return search(query, k, selection, now.breadths().of(k, recall));
    }

    /** @param breadth how many of the best are kept while walking; k at least are */
    public Found search(float[] query, int k, Selection selection, int breadth) {
        HnswNodes nodes = structure();
        HnswGraph now = nodes == null ? null : nodes.graph();
        if (nodes == null || now == null || now.entry < 0) {
            return exact(query, k, selection);
        }
        float[] placed = similarity.placed(query);
        HnswWalk taken = walks.poll();
        HnswWalk walk = taken == null ? new HnswWalk(now) : taken;
        walk.ask(now, placed);
        int top = now.top; // before the entry, which is the higher one then if both are just being exchanged
        int from = now.entry;
        for (int level = top; level > 0; level--) {
            from = walk.descend(now, from, level);
        }
        int enough = Math.max(k, breadth);
        // The best by what stands in are not always the best.
        int scored = similarity.hasStandIn() ? Math.max(2 * k + MORE, breadth) : 2 * k + MORE;
        int[] slots = selection == Selection.ALL
                ? slots(now, walk.nearest(now, from, 0, nodes.widened(enough)), scored)
                : new int[0];
        // All that is near may be nodes of rows that have gone.
        if (slots.length < Math.min(k, size())) {
            slots = slots(now, walk.broad(now, from, enough, isSelected(now, selection)), scored);
        }
        walks.push(walk);
        ExactSearch search = exactSearch(placed, k);
        for (int slot : slots) {
            search.look(slot);
        }
        return search.best();
    }

    private static IntPredicate isSelected(HnswGraph graph, Selection selection) {
        return node -> {
            int slot = graph.slot(node);
            return slot >= 0 && selection.contains(slot);
        };
    }

    private static int[] slots(HnswGraph graph, HnswPool found, int most) {
        int[] slots = new int[Math.min(found.size(), most)];
        int count = 0;
        for (int i = 0; i < found.size() && count < slots.length; i++) {
            int slot = graph.slot(found.node(i));
            slots[count] = slot;
            count += slot >= 0 ? 1 : 0;
        }
        return each(slots, count);
    }

    private static int[] slots(HnswGraph graph, Found found, int most) {
        int[] slots = new int[Math.min(found.slots().length, most)];
        int count = 0;
        for (int node : found.slots()) {
            int slot = graph.slot(node);
            if (slot >= 0 && count < slots.length) {
                slots[count++] = slot;
            }
        }
        return each(slots, count);
    }

    /** In their order: a row that moved while it was looked for may be there twice. */
    private static int[] each(int[] slots, int count) {
        Arrays.sort(slots, 0, count);
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (left == 0 || slots[i] != slots[left - 1]) {
                slots[left++] = slots[i];
            }
        }
        return Arrays.copyOf(slots, left);
    }

    @Override
    public IndexStatistics statistics() {
        HnswNodes now = structure();
        if (now == null) {
            return IndexStatistics.exact(size(), bytes());
        }
        TreeMap<String, Long> figures = new TreeMap<>(Map.of(
                "links", (long) settings.links(),
                "levels", now.graph().top + 1L,
                "nodes of rows that are no more", (long) now.forgotten()));
        String structure = "a graph of " + settings.links() + " links, of 4-bit codes, scored anew by floats";
        return new IndexStatistics(structure, size(), bytes(), figures);
    }

    @Override
    public long bytes() {
        HnswNodes now = structure();
        return rows.bytes(dimension) + (now == null ? 0 : now.bytes());
    }

    @Override
    public void close() {
        closed = true;
    }
}
