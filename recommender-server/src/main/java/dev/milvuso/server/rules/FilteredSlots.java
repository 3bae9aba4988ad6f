package dev.milvuso.server.rules;

import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemTable;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;

/**
 * What a filter says of each item, found out when it is first asked and kept until the item changes: two bits an item.
 * Safe for use by many threads.
 */
final class FilteredSlots implements IntPredicate {
    private static final long KNOWN = 1;
    private static final long FITS = 2;
    private static final int SLOTS_OF_A_WORD = 32;

    private final Catalogue catalogue;
    private final IntPredicate test;
    private volatile AtomicLongArray bits = new AtomicLongArray(0);
    private volatile long revision = -1;

    FilteredSlots(Catalogue catalogue, IntPredicate test) {
        this.catalogue = catalogue;
        this.test = test;
    }

    /** Forgets what it knew of items that have changed since. To be called before a request's tests. */
    void refresh() {
        if (catalogue.revision() != revision) {
            forgetChanged();
        }
    }

    private synchronized void forgetChanged() {
        long now = catalogue.revision();
        ItemTable items = catalogue.table();
        AtomicLongArray kept = bits;
        if (kept.length() * SLOTS_OF_A_WORD < items.room()) {
            // Begun anew: the catalogue grows by doubling, and what was known is soon known again.
            kept = new AtomicLongArray(items.room() / SLOTS_OF_A_WORD + 1);
        } else {
            long before = revision;
            for (int slot = 0; slot < items.room(); slot++) {
                if (items.revision(slot) > before) {
                    forget(kept, slot);
                }
            }
        }
        bits = kept;
        revision = now;
    }

    private static void forget(AtomicLongArray bits, int slot) {
        bits.getAndUpdate(slot / SLOTS_OF_A_WORD, word -> word & ~((KNOWN | FITS) << shift(slot)));
    }

    private static int shift(int slot) {
        return 2 * (slot % SLOTS_OF_A_WORD);
    }

    @Override
    public boolean test(int slot) {
        AtomicLongArray known = bits;
        int word = slot / SLOTS_OF_A_WORD;
        if (word >= known.length()) {
            return test.test(slot);
        }
        long here = known.get(word) >>> shift(slot);
        return (here & KNOWN) != 0 ? (here & FITS) != 0 : found(known, slot);
    }

    private boolean found(AtomicLongArray known, int slot) {
        long before = catalogue.table().change(slot);
        boolean fits = test.test(slot);
        long mark = (fits ? KNOWN | FITS : KNOWN) << shift(slot);
        known.getAndUpdate(slot / SLOTS_OF_A_WORD, word -> (word & ~((KNOWN | FITS) << shift(slot))) | mark);
        if (catalogue.table().change(slot) != before) {
            forget(known, slot);
        }
        return fits;
    }
}
