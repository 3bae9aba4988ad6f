package dev.milvuso.vector.embedded.column;

import java.util.Arrays;

/** Of 64 bits. */
final class LongPages implements NumberPages {
    private long[][] pages = {};

    @Override
    public long bytes() {
        return (8L * pages.length) << PAGE_BITS;
    }

    @Override
    public long get(int slot) {
        int page = slot >>> PAGE_BITS;
        return page < pages.length ? pages[page][slot & (PAGE - 1)] : 0;
    }

    @Override
    public void set(int slot, long value) {
        int page = slot >>> PAGE_BITS;
        if (page >= pages.length) {
            int before = pages.length;
            pages = Arrays.copyOf(pages, page + 1);
            for (int i = before; i <= page; i++) {
                pages[i] = new long[PAGE];
            }
        }
        pages[page][slot & (PAGE - 1)] = value;
    }

    @Override
    public long within(int word, long low, long high) {
        int page = word >>> (PAGE_BITS - 6);
        if (high < low || page >= pages.length) {
            return high >= low && low <= 0 && high >= 0 ? -1L : 0;
        }
        long[] numbers = pages[page];
        int from = (word << 6) & (PAGE - 1);
        // One comparison without sign for two.
        long start = low + Long.MIN_VALUE;
        long width = high - low + Long.MIN_VALUE;
        long bits = 0;
        for (int i = 0; i < 64; i++) {
            bits |= (numbers[from + i] - start <= width ? 1L : 0L) << i;
        }
        return bits;
    }
}
