package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Adds rows to a graph (Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using
 * hierarchical navigable small world graphs", 2018): links go to near rows none of which is nearer to another of them
 * than to the row itself. Rows near are found by codes, links chosen among them by the rows themselves. For one thread.
 */
final class HnswInsertion {
    private static final int HIGHEST_LEVEL = 24;

    private final HnswSettings settings;
    private final Similarity similarity;
    private final Rows rows;
    private final SplittableRandom random;
    private final float[][] chosenRows;
    private final int[] chosen;
    private final int[] crowd;
    private @Nullable HnswWalk walk;

    /** @param rows by slot */
    HnswInsertion(HnswSettings settings, Rows rows) {
        this.settings = settings;
        this.similarity = settings.similarity();
        this.rows = rows;
        this.random = new SplittableRandom(settings.seed());
        this.chosen = new int[2 * settings.links() + 1];
        this.chosenRows = new float[chosen.length][];
        this.crowd = new int[chosen.length];
    }

    /** Of the next row, by chance. */
    int level() {
        double levels = -Math.log(1 - random.nextDouble()) / Math.log(settings.links());
        return (int) Math.min(HIGHEST_LEVEL, levels);
    }

    /**
     * Links a node on its levels. Several threads may do so at a time for nodes of the lowest level alone.
     *
     * @param row of the node, as {@link Similarity#placed}
     */
    void link(HnswGraph graph, int node, float[] row, int level) {
        int from = graph.entry;
        if (from >= 0) {
            HnswWalk own = walk == null ? new HnswWalk(graph) : walk;
            walk = own;
            own.ask(graph, row);
            for (int at = graph.top; at > level; at--) {
                from = own.descend(graph, from, at);
            }
            for (int at = Math.min(level, graph.top); at >= 0; at--) {
                HnswPool near = own.nearest(graph, from, at, settings.breadth());
                from = near.node(0);
                connect(graph, node, row, at, near);
            }
        }
        if (from < 0 || level > graph.top) {
            graph.entry = node;
            graph.top = level;
        }
    }

    private void connect(HnswGraph graph, int node, float[] row, int level, HnswPool near) {
        int n = 0;
        for (int i = 0; i < near.size() && n < settings.links(); i++) {
            n = take(graph, near.node(i), row, n);
        }
        int[] neighbours = Arrays.copyOf(chosen, n);
        graph.link(node, level, neighbours, n);
        for (int neighbour : neighbours) {
            synchronized (graph.guard(neighbour)) {
                linkBack(graph, neighbour, level, node);
            }
        }
    }

    private void linkBack(HnswGraph graph, int from, int level, int to) {
        int count = graph.links(from, level, crowd, 0);
        crowd[count++] = to;
        if (count <= graph.room(level)) {
            graph.link(from, level, crowd, count);
            return;
        }
        float[] row = row(graph, from);
        if (row != null) {
            int[] order = nearestFirst(graph, similarity.placed(row), count);
            int n = 0;
            for (int node : order) {
                n = n < graph.room(level) ? take(graph, node, similarity.placed(row), n) : n;
            }
            graph.link(from, level, chosen, n);
        }
    }

    private int[] nearestFirst(HnswGraph graph, float[] row, int count) {
        TopScores sorted = new TopScores(count);
        for (int i = 0; i < count; i++) {
            float[] other = row(graph, crowd[i]);
            if (other != null) {
                sorted.offer(crowd[i], similarity.score(row, other));
            }
        }
        return sorted.drain().slots();
    }

    private float @Nullable [] row(HnswGraph graph, int node) {
        int slot = graph.slot(node);
        return slot < 0 ? null : rows.get(slot);
    }

    /**
     * Chooses a node unless its row has gone, or is nearer to that of one that has been chosen than to the one that is
     * linked.
     *
     * @param row that is linked, as {@link Similarity#placed}
     * @param n how many have been chosen
     * @return how many are now
     */
    private int take(HnswGraph graph, int node, float[] row, int n) {
        float[] other = row(graph, node);
        if (other == null) {
            return n;
        }
        float[] placed = similarity.placed(other);
        float score = similarity.score(row, other);
        for (int i = 0; i < n; i++) {
            if (similarity.score(placed, chosenRows[i]) > score) {
                return n;
            }
        }
        chosen[n] = node;
        chosenRows[n] = other;
        return n + 1;
    }
}
