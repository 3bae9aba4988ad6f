package dev.milvuso.server.recommend;

/**
 * Says of a hash that it was not added, or that it probably was (Bloom, "Space/time trade-offs in hash coding with
 * allowable errors", 1970): 16 bits for each and 11 places looked at, so that one in two thousand is wrong when it is
 * full. One writer at a time beside any readers.
 */
final class BloomFilter {
    private static final int BITS_EACH = 16;
    private static final int PLACES = 11;

    private final long[] bits;
    private int count;

    /** @param most how many are to be added, a power of two from 4 on */
    BloomFilter(int most) {
        this.bits = new long[most * BITS_EACH / 64];
    }

    void add(long hash) {
        int at = (int) hash;
        for (int i = 0; i < PLACES; i++) {
            bits[word(at)] |= 1L << at;
            at += step(hash);
        }
        count++;
    }

    boolean contains(long hash) {
        int at = (int) hash;
        for (int i = 0; i < PLACES; i++) {
            if ((bits[word(at)] & (1L << at)) == 0) {
                return false;
            }
            at += step(hash);
        }
        return true;
    }

    private int word(int at) {
        return (at >>> 6) & (bits.length - 1);
    }

    /** Two halves of a hash are as good as many (Kirsch and Mitzenmacher, "Less hashing, same performance", 2006). */
    private static int step(long hash) {
        return (int) (hash >>> 32) | 1;
    }

    int count() {
        return count;
    }

    long bytes() {
        return 16 + 8L * bits.length;
    }
}
