package dev.milvuso.vector.embedded.column;

/** Numbers by slot, 4096 to a page, so that as many more rows cost no copy. A slot that was never written holds 0. */
interface NumberPages {
    int PAGE_BITS = 12;
    int PAGE = 1 << PAGE_BITS;

    /** Of memory. */
    long bytes();

    long get(int slot);

    void set(int slot, long value);

    /** Of the slots {@code 64 * word} to {@code 64 * word + 63} those with a number of this range, both ends in it. */
    long within(int word, long low, long high);
}
