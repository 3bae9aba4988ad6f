package dev.milvuso.server.rules;

import dev.milvuso.server.catalogue.ItemTable;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a filter says of each item, found out for a block of them when the first of it is asked, and kept until one of
 * them changes: two bits an item. Safe for use by many threads.
 */
final class FilteredBlocks {
    private final BlockTest test;
    private volatile @Nullable Known known;

    FilteredBlocks(BlockTest test) {
        this.test = test;
    }

    /** For one request. What was known goes when the catalogue grows, which it does by doubling. */
    IntPredicate of(ItemTable items) {
        Known now = known;
        if (now == null || now.items != items) {
            now = new Known(items, test);
            known = now;
        }
        return now;
    }

    private static final class Known implements IntPredicate {
        private static final int HALF = Integer.SIZE;

        private final ItemTable items;
        private final BlockTest test;

        /** Of 32 items each: which of them fit, and above that {@link ItemTable#blockState} as it was then. */
        private final AtomicLongArray halves;

        Known(ItemTable items, BlockTest test) {
            this.items = items;
            this.test = test;
            this.halves = new AtomicLongArray((items.room() / ItemTable.BLOCK + 1) * (ItemTable.BLOCK / HALF));
        }

        @Override
        public boolean test(int slot) {
            if (slot >= items.room()) {
                return false;
            }
            int state = items.blockState(slot);
            long half = halves.getOpaque(slot / HALF);
            // State 0 is that of a block without any item, of which none fits.
            long fitting = (int) (half >>> HALF) == state ? half : found(slot, state);
            return (fitting >>> (slot % HALF) & 1) != 0;
        }

        private long found(int slot, int state) {
            int from = slot / ItemTable.BLOCK * ItemTable.BLOCK;
            long fitting = test.of(items, from, Math.min(ItemTable.BLOCK, items.room() - from));
            long mark = (long) state << HALF;
            long first = mark | (fitting & 0xFFFF_FFFFL);
            long second = mark | (fitting >>> HALF);
            halves.setOpaque(from / HALF, first);
            halves.setOpaque(from / HALF + 1, second);
            return slot - from < HALF ? first : second;
        }
    }
}
