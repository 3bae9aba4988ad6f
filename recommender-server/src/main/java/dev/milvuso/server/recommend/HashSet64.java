package dev.milvuso.server.recommend;

import java.util.function.LongConsumer;

/** Hashes in an array, each at the first free place from its own on. One writer at a time beside any readers. */
final class HashSet64 {
    private static final int ROOM = 8;

    private final long[] table;
    private int size;

    HashSet64() {
        this(new long[ROOM]);
    }

    private HashSet64(long[] table) {
        this.table = table;
    }

    /** Whether another one would make searches long. */
    boolean isFull() {
        return 4 * size >= 3 * table.length;
    }

    HashSet64 grown() {
        HashSet64 grown = new HashSet64(new long[2 * table.length]);
        for (long hash : table) {
            if (hash != 0) {
                grown.add(hash);
            }
        }
        return grown;
    }

    /** @return whether it is new */
    boolean add(long hash) {
        int place = place(hash);
        if (table[place] != 0) {
            return false;
        }
        table[place] = nonZero(hash);
        size++;
        return true;
    }

    boolean contains(long hash) {
        return table[place(hash)] != 0;
    }

    int size() {
        return size;
    }

    /** Where it is, or would be. */
    private int place(long hash) {
        long wanted = nonZero(hash);
        int mask = table.length - 1;
        int place = (int) wanted & mask;
        while (table[place] != 0 && table[place] != wanted) {
            place = (place + 1) & mask;
        }
        return place;
    }

    void forEach(LongConsumer action) {
        for (long hash : table) {
            if (hash != 0) {
                action.accept(hash);
            }
        }
    }

    private static long nonZero(long hash) {
        return hash == 0 ? 1 : hash;
    }

    long bytes() {
        return 16 + 8L * table.length;
    }
}
