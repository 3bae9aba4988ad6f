package dev.milvuso.server.rules;

import dev.milvuso.server.catalogue.ItemTable;

/** Asks for something of many items at once, in the table's columns. Safe for use by many threads. */
@FunctionalInterface
interface BlockTest {
    /**
     * @param from a multiple of {@link ItemTable#BLOCK}
     * @param count of slots from there on, at most as many, all of them in the table
     * @return a bit for each, the first lowest; of slots that hold no item either
     */
    long of(ItemTable items, int from, int count);
}
