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

    /** The pair whose turn it is at a place, 0 to before the size both. */
    int at(int place) {
        int first = place < shuffled ? stretches.at(place / STRETCH) * STRETCH : shuffled;
        int length = place < shuffled ? STRETCH : size - shuffled;
        int pair = first + new Permutation(length, key + first).at(place % STRETCH);
        int shifted = pair - (size - shift);
        return shifted < 0 ? pair + shift : shifted;
    }
}
