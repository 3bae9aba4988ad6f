package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** What a search of a graph works with; one for each thread at a time. */
final class HnswWalk {
    private static final byte[] NONE = new byte[0];
    /**
     * Nodes that are looked around together: memory is waited for once for all of them. Of those that a search of one
     * at a time looks around nearly all are among them.
     */
    private static final int AT_ONCE = 4;

    private final int[] front = new int[AT_ONCE];
    private final int[] near;
    private final float[] nearScores;
    private final HnswQuery query;
    private final HnswPool pool = new HnswPool();
    /** By node: the search that has seen it last. */
    private byte[] seen = NONE;

    private byte search;
    /** A heap with the best on top. */
    private int[] nodes = new int[256];

    private float[] scores = new float[256];
    private int waiting;
    /** Of what was read ahead: kept so that it is read, and of no meaning. */
    int touched;

    HnswWalk(HnswGraph graph) {
        this.near = new int[AT_ONCE * graph.room(0)];
        this.nearScores = new float[near.length];
        this.query = graph.query();
    }

    /**
     * Begins a search.
     *
     * @param row as {@link Similarity#placed}
     */
    void ask(HnswGraph graph, float[] row) {
        graph.ask(query, row);
    }

    /** From a node to its best neighbour, while that is better. */
    int descend(HnswGraph graph, int from, int level) {
        near[0] = from;
        graph.scores(query, near, 1, nearScores);
        int best = from;
        float most = nearScores[0];
        boolean better = true;
        while (better) {
            better = false;
            int count = graph.links(best, level, near, 0);
            graph.scores(query, near, count, nearScores);
            for (int i = 0; i < count; i++) {
                if (nearScores[i] > most) {
                    most = nearScores[i];
                    best = near[i];
                    better = true;
                }
            }
        }
        return best;
    }

    /**
     * The best nodes, best first: neighbours of neighbours, until all of so many of the best have been looked around.
     *
     * @return the walk's own, until its next search
     */
    HnswPool nearest(HnswGraph graph, int from, int level, int breadth) {
        begin(graph.capacity);
        pool.reset(breadth);
        see(from);
        near[0] = from;
        graph.scores(query, near, 1, nearScores);
        pool.offer(from, nearScores[0]);
        for (int some = front(graph, level); some > 0; some = front(graph, level)) {
            int count = 0;
            for (int i = 0; i < some; i++) {
                count = unseen(graph, front[i], level, count);
            }
            graph.scores(query, near, count, nearScores);
            for (int i = 0; i < count; i++) {
                if (nearScores[i] > pool.least()) {
                    pool.offer(near[i], nearScores[i]);
                }
            }
        }
        return pool;
    }

    /** @return how many of the best are to be looked around next */
    private int front(HnswGraph graph, int level) {
        int some = 0;
        int ahead = 0;
        for (int node = pool.next(); node >= 0; node = some < AT_ONCE ? pool.next() : -1) {
            front[some++] = node;
            ahead += graph.touchLinks(node, level);
        }
        touched += ahead;
        return some;
    }

    /**
     * The best nodes among those that are accepted, best first, also by way of others: neighbours of neighbours, until
     * none that waits is better than the worst of so many.
     */
    Found broad(HnswGraph graph, int from, int breadth, IntPredicate accepted) {
        begin(graph.capacity);
        TopScores best = new TopScores(breadth);
        see(from);
        near[0] = from;
        graph.scores(query, near, 1, nearScores);
        push(from, nearScores[0]);
        if (accepted.test(from)) {
            best.offer(from, nearScores[0]);
        }
        while (waiting > 0 && scores[0] >= best.least()) {
            int count = unseen(graph, pop(), 0, 0);
            graph.scores(query, near, count, nearScores);
            for (int i = 0; i < count; i++) {
                if (nearScores[i] > best.least()) {
                    push(near[i], nearScores[i]);
                    if (accepted.test(near[i])) {
                        best.offer(near[i], nearScores[i]);
                    }
                }
            }
        }
        return best.drain();
    }

    /**
     * Adds a node's neighbours to {@link #near} that this search has not seen.
     *
     * @param from how many are there
     * @return how many are there now
     */
    private int unseen(HnswGraph graph, int node, int level, int from) {
        int count = graph.links(node, level, near, from);
        int ahead = 0;
        int left = from;
        for (int i = from; i < from + count; i++) {
            int neighbour = near[i];
            near[left] = neighbour;
            ahead += graph.touchCode(neighbour);
            left += see(neighbour) ? 1 : 0;
        }
        touched += ahead;
        return left;
    }

    private void begin(int capacity) {
        if (seen.length < capacity) {
            seen = new byte[capacity];
            search = 0;
        }
        if (++search == 0) {
            Arrays.fill(seen, (byte) 0);
            search = 1;
        }
        waiting = 0;
    }

    private boolean see(int node) {
        boolean first = seen[node] != search;
        seen[node] = search;
        return first;
    }

    private void push(int node, float score) {
        if (waiting == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * waiting);
            scores = Arrays.copyOf(scores, 2 * waiting);
        }
        int at = waiting++;
        while (at > 0 && score > scores[(at - 1) / 2]) {
            nodes[at] = nodes[(at - 1) / 2];
            scores[at] = scores[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        nodes[at] = node;
        scores[at] = score;
    }

    private int pop() {
        int top = nodes[0];
        int node = nodes[--waiting];
        float score = scores[waiting];
        int at = 0;
        for (int child = 1; child < waiting; child = 2 * at + 1) {
            if (child + 1 < waiting && scores[child + 1] > scores[child]) {
                child++;
            }
            if (scores[child] <= score) {
                break;
            }
            nodes[at] = nodes[child];
            scores[at] = scores[child];
            at = child;
        }
        nodes[at] = node;
        scores[at] = score;
        return top;
    }
}
