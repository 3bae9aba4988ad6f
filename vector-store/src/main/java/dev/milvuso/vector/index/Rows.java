package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The vectors by slot, each an array that never changes once it is here: who reads one has it whole, and a row that is
 * replaced or deleted gives its memory back. Any number of readers beside one writer at a time.
 */
final class Rows {
    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;

    private volatile AtomicReferenceArray<float[]>[] pages = pages(0);
    private volatile int count;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicReferenceArray<float[]>[] pages(int length) {
        return new AtomicReferenceArray[length];
    }

    float @Nullable [] get(int slot) {
        AtomicReferenceArray<float[]>[] now = pages;
        int page = slot >>> PAGE_BITS;
        return page < now.length ? now[page].get(slot & (PAGE - 1)) : null;
    }

    /** @return what was there */
    float @Nullable [] set(int slot, float @Nullable [] row) {
        if (slot >= limit()) {
            if (row == null) {
                return null;
            }
            grow((slot >>> PAGE_BITS) + 1);
        }
        float[] before = pages[slot >>> PAGE_BITS].getAndSet(slot & (PAGE - 1), row);
        int difference = (row == null ? 0 : 1) - (before == null ? 0 : 1);
        count = count() + difference;
        return before;
    }

    private void grow(int length) {
        AtomicReferenceArray<float[]>[] before = pages;
        AtomicReferenceArray<float[]>[] after = Arrays.copyOf(before, length);
        for (int i = before.length; i < length; i++) {
            after[i] = new AtomicReferenceArray<>(PAGE);
        }
        pages = after;
    }

    /** Slots from here on are empty. */
    int limit() {
        return pages.length << PAGE_BITS;
    }

    /** How many slots are not empty. */
    int count() {
        return count;
    }

    /** With an array's header of 16 bytes and a reference of 4. */
    long bytes(int dimension) {
        return count * (16L + 4L * dimension) + 4L * limit();
    }

    /** The slots that are not empty, in ascending order. */
    int[] slots() {
        int[] slots = new int[count];
        int n = 0;
        int limit = limit();
        for (int slot = 0; slot < limit; slot++) {
            if (get(slot) != null) {
                if (n == slots.length) {
                    slots = Arrays.copyOf(slots, 2 * n + 1);
                }
                slots[n++] = slot;
            }
        }
        return Arrays.copyOf(slots, n);
    }

    /** By slot; null of one that is empty. */
    float[] @Nullable [] all() {
        float[] @Nullable [] all = new float[limit()][];
        for (int slot = 0; slot < all.length; slot++) {
            all[slot] = get(slot);
        }
        return all;
    }

    /** The rows of slots that are not empty. */
    float[][] of(int[] slots) {
        float[][] rows = new float[slots.length][];
        for (int i = 0; i < slots.length; i++) {
            rows[i] = Objects.requireNonNull(get(slots[i]), "row");
        }
        return rows;
    }
}
