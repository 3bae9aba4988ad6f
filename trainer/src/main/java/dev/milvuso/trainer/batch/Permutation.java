package dev.milvuso.trainer.batch;

/**
 * A shuffled order of the numbers below {@code size} that is worked out, not stored: a Feistel network of four rounds
 * over the next even power of two, walked until it falls below the size (Black and Rogaway, CT-RSA 2002). Every thread
 * shuffles its own part of an epoch.
 *
 * @param size 1 to 2³⁰
 * @param key another key, another order
 */
record Permutation(int size, long key) {
    private static final int ROUNDS = 4;

    /** The number at a place, 0 to before the size of both. */
    int at(int place) {
        int half = (33 - Integer.numberOfLeadingZeros(size - 1)) / 2;
        int number = place;
        do {
            number = network(number, half);
        } while (number >= size);
        return number;
    }

    private int network(int number, int half) {
        int mask = (1 << half) - 1;
        int left = number >>> half;
        int right = number & mask;
        for (int round = 0; round < ROUNDS; round++) {
            int next = left ^ (mix(key + (((round + 1L) << 32) + right) * 0x9E3779B97F4A7C15L) & mask);
            left = right;
            right = next;
        }
        return (left << half) | right;
    }

    /** Of MurmurHash3. */
    private static int mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        return (int) (((mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L) >>> 32);
    }
}
