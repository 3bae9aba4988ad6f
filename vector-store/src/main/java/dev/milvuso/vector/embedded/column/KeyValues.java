package dev.milvuso.vector.embedded.column;

import dev.milvuso.vector.Id;

/** Keys by slot, all of one kind. */
interface KeyValues {
    /** A key that is looked for. */
    interface Wanted {
        long hash();

        /** @param slot that has a key */
        boolean isAt(int slot);
    }

    /**
     * As {@link Wanted#isAt} of each, with memory that is far away waited for once for many.
     *
     * @param slots below 0 where there is none
     */
    boolean[] areAt(Wanted[] wanted, int[] slots);

    /** Of memory. */
    long bytes();

    Wanted wanted(Id key);

    /** Of a slot that has one: as {@link Wanted#hash}. */
    long hash(int slot);

    Id at(int slot);

    /** @param slot that has none */
    void put(int slot, Id key);

    void remove(int slot);
}
