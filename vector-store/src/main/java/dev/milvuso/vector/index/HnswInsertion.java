package dev.milvuso.vector.index;

import java.util.SplittableRandom;

/**
 * Adds rows to a graph (Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using
 * hierarchical navigable small world graphs", 2018): links go to near rows none of which is nearer to another of them
 * than to the row itself. For the one writer.
 */
final class HnswInsertion {
    private static final int HIGHEST_LEVEL = 24;

    private final HnswSettings settings;
    private final SplittableRandom random;
    private final HnswWalk walk;
    private final float[] decoded;
    private final int[] chosen;
    private final int[] crowd;

    HnswInsertion(HnswSettings settings) {
        this.settings = settings;
        this.random = new SplittableRandom(settings.seed());
        this.walk = new HnswWalk(settings.links());
        this.decoded = new float[settings.dimension()];
        this.chosen = new int[2 * settings.links() + 1];
        this.crowd = new int[2 * settings.links() + 1];
    }

    /** @param graph with room. @return the row's node */
    int insert(HnswGraph graph, float[] row, int slot) {
        double levels = -Math.log(1 - random.nextDouble()) / Math.log(settings.links());
        int level = (int) Math.min(HIGHEST_LEVEL, levels);
        int from = graph.entry;
        int node = graph.add(row, slot, level);
        if (from >= 0) {
            for (int at = graph.top; at > level; at--) {
                from = walk.descend(graph, row, from, at);
            }
            for (int at = Math.min(level, graph.top); at >= 0; at--) {
                Found near = walk.broad(graph, row, from, at, settings.breadth(), other -> other != node);
                from = near.slots()[0];
                connect(graph, node, at, near);
            }
        }
        if (from < 0 || level > graph.top) {
            graph.top = level;
            graph.entry = node;
        }
        return node;
    }

    private void connect(HnswGraph graph, int node, int level, Found near) {
        int count = choose(graph, near, graph.bias(node), settings.links());
        int[] neighbours = new int[count];
        System.arraycopy(chosen, 0, neighbours, 0, count);
        graph.link(node, level, neighbours, count);
        for (int neighbour : neighbours) {
            linkBack(graph, neighbour, level, node);
        }
    }

    private void linkBack(HnswGraph graph, int from, int level, int to) {
        int count = graph.links(from, level, crowd);
        crowd[count++] = to;
        if (count <= graph.room(level)) {
            graph.link(from, level, crowd, count);
            return;
        }
        graph.decode(from, decoded);
        TopScores sorted = new TopScores(count);
        for (int i = 0; i < count; i++) {
            sorted.offer(crowd[i], graph.score(decoded, crowd[i]));
        }
        Found order = sorted.drain();
        graph.link(from, level, chosen, choose(graph, order, graph.bias(from), graph.room(level)));
    }

    /**
     * Writes {@link #chosen}.
     *
     * @param bias of the row that is linked
     * @return how many, at most those wanted
     */
    private int choose(HnswGraph graph, Found near, float bias, int wanted) {
        int count = near.slots().length;
        int n = 0;
        for (int i = 0; i < count && n < wanted; i++) {
            if (count <= wanted || isOwn(graph, near.slots()[i], near.scores()[i] + bias, n)) {
                chosen[n++] = near.slots()[i];
            }
        }
        return n;
    }

    /** Whether none of those chosen is nearer to a node than the row that it may be linked with. */
    private boolean isOwn(HnswGraph graph, int node, float score, int n) {
        graph.decode(node, decoded);
        float bias = graph.bias(node);
        for (int i = 0; i < n; i++) {
            if (graph.score(decoded, chosen[i]) + bias > score) {
                return false;
            }
        }
        return true;
    }
}
