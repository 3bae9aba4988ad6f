package dev.milvuso.vector.embedded;

/**
 * A place in a journal.
 *
 * @param generation of its file, which every rewriting gives a new one
 * @param offset in bytes, where a record ends
 */
record JournalPosition(long generation, long offset) {
    /** Of a store without a journal. */
    static final JournalPosition NONE = new JournalPosition(0, 0);
}
