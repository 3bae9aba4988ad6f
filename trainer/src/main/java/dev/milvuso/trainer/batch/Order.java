package dev.milvuso.trainer.batch;

/**
 * The order of an epoch over pairs that lie sorted by user: stretches of them in a shuffled order, and the pairs of a
 * stretch in a shuffled order. The few users of a stretch stay in the nearest caches while it lasts, and threads, each
 * with stretches of its own, hardly meet in a user's row. The stretches begin elsewhere in every epoch.
 */
final class Order {
    /** Pairs of a stretch: enough that a user's pairs do not follow on each other. */
    static final int STRETCH = 1 << 14;

    private final int size;
    private final long key;
    private final int shift;
    private final int shuffled;
    private final Permutation stretches;

    /**
     * @param size pairs, 1 to 2³⁰
     * @param key another key, another order
     */
    Order(int size, long key) {
        this.size = size;
        this.key = key;
        this.shift = (int) Math.floorMod(key, (long) size);
        this.shuffled = size / STRETCH * STRETCH;
        this.stretches = new Permutation(Math.max(1, size / STRETCH), key);
    }

    /** The pairs whose turn it is from a place on, as many as fit. */
    void fill(int place, int[] pairs, int count) {
        int next = place;
        int end = place + count;
        while (next < end) {
            int stretch = next / STRETCH;
            int first = next < shuffled ? stretches.at(stretch) * STRETCH : shuffled;
            int length = next < shuffled ? STRETCH : size - shuffled;
            Permutation within = new Permutation(length, key + first);
            int until = Math.min(end, (stretch + 1) * STRETCH);
            for (; next < until; next++) {
                pairs[next - place] = shifted(first + within.at(next % STRETCH));
            }
        }
    }

    private int shifted(int pair) {
        return pair < size - shift ? pair + shift : pair - (size - shift);
    }
}
