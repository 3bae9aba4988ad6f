package dev.milvuso.vector.index;

import java.util.Arrays;

/** In which list and where in it each slot's row is. For writers, under the index's lock. */
final class Places {
    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final long NOWHERE = -1;

    private long[][] pages = new long[0][];

    void set(int slot, int list, int place) {
        put(slot, (long) list << 32 | place);
    }

    void clear(int slot) {
        if (has(slot)) {
            put(slot, NOWHERE);
        }
    }

    boolean has(int slot) {
        int page = slot >>> PAGE_BITS;
        return page < pages.length && pages[page][slot & (PAGE - 1)] != NOWHERE;
    }

    int list(int slot) {
        return (int) (pages[slot >>> PAGE_BITS][slot & (PAGE - 1)] >>> 32);
    }

    int place(int slot) {
        return (int) pages[slot >>> PAGE_BITS][slot & (PAGE - 1)];
    }

    private void put(int slot, long value) {
        int page = slot >>> PAGE_BITS;
        if (page >= pages.length) {
            int before = pages.length;
            pages = Arrays.copyOf(pages, page + 1);
            for (int i = before; i <= page; i++) {
                pages[i] = new long[PAGE];
                Arrays.fill(pages[i], NOWHERE);
            }
        }
        pages[page][slot & (PAGE - 1)] = value;
    }

    long bytes() {
        return pages.length * (8L * PAGE + 24);
    }
}
