package dev.milvuso.trainer.archive;

/**
 * Ids that have come, as 128-bit hashes under open addressing: 16 bytes a place, 24 to 43 an id. Two of a thousand
 * million share a hash with a probability of about 10⁻²¹. Not for several threads.
 */
final class DistinctIds {
    private static final long HIGH_BASIS = 0x9e3779b97f4a7c15L;
    private static final long LOW_BASIS = 0xc2b2ae3d27d4eb4fL;

    private long[] high = new long[1 << 12];
    private long[] low = new long[1 << 12];
    private int size;

    /** Whether the id is new. @throws IllegalStateException if there are more than 700 million */
    boolean add(String id) {
        // 0 marks an empty place.
        long h = Math.max(1, hash(id, HIGH_BASIS) >>> 1);
        if (!put(h, hash(id, LOW_BASIS))) {
            return false;
        }
        size++;
        if (size > high.length / 3 * 2) {
            grow();
        }
        return true;
    }

    private boolean put(long h, long l) {
        int mask = high.length - 1;
        int at = (int) (h >>> 16) & mask;
        while (high[at] != 0) {
            if (high[at] == h && low[at] == l) {
                return false;
            }
            at = (at + 1) & mask;
        }
        high[at] = h;
        low[at] = l;
        return true;
    }

    private void grow() {
        if (high.length == 1 << 30) {
            throw new IllegalStateException("the archive holds more than " + size + " examples: too many for one run");
        }
        long[] highBefore = high;
        long[] lowBefore = low;
        high = new long[highBefore.length * 2];
        low = new long[high.length];
        for (int i = 0; i < highBefore.length; i++) {
            if (highBefore[i] != 0) {
                put(highBefore[i], lowBefore[i]);
            }
        }
    }

    /** FNV-1a over the characters from the given basis, then the finalizer of SplittableRandom's mix. */
    private static long hash(String id, long basis) {
        long hash = basis;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
