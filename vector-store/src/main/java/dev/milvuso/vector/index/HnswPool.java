package dev.milvuso.vector.index;

/** The best nodes so far in their order, and which of them have been looked around. */
final class HnswPool {
    private int breadth;
    private float[] scores = new float[0];
    /** Of those that have been looked around the complement. */
    private int[] nodes = new int[0];

    private int size;
    /** None before it is still to be looked around. */
    private int next;

    /**
     * Empties it.
     *
     * @param breadth how many are kept
     */
    void reset(int breadth) {
        this.breadth = breadth;
        if (nodes.length < breadth + 1) {
            scores = new float[breadth + 1];
            nodes = new int[breadth + 1];
        }
        size = 0;
        next = 0;
    }

    /** What a score must exceed. */
    float least() {
        return size < breadth ? Float.NEGATIVE_INFINITY : scores[breadth - 1];
    }

    /** @param score above {@link #least}; of equal ones the earlier is better */
    void offer(int node, float score) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean better = scores[middle] >= score;
            low = better ? middle + 1 : low;
            high = better ? high : middle;
        }
        System.arraycopy(scores, low, scores, low + 1, size - low);
        System.arraycopy(nodes, low, nodes, low + 1, size - low);
        scores[low] = score;
        nodes[low] = node;
        size = Math.min(breadth, size + 1);
        next = Math.min(next, low);
    }

    /** @return the best that has not been looked around, which it is now; -1 if there is none */
    int next() {
        while (next < size && nodes[next] < 0) {
            next++;
        }
        if (next == size) {
            return -1;
        }
        int node = nodes[next];
        nodes[next] = ~node;
        return node;
    }

    int size() {
        return size;
    }

    /** The n-th best. */
    int node(int n) {
        int node = nodes[n];
        return node < 0 ? ~node : node;
    }
}
