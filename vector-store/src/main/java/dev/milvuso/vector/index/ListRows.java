package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of a list at one moment, by their place in it, to be worked with while the list goes on changing. */
final class ListRows {
    private final int[] slots;
    private final int changes;
    private final float[] @Nullable [] rows;
    private final float[] @Nullable [] placed;

    private ListRows(int[] slots, int changes) {
        this.slots = slots;
        this.changes = changes;
        this.rows = new float[slots.length][];
        this.placed = new float[slots.length][];
    }

    /** Under the lock. */
    static ListRows of(InvertedLists lists, PostingList list) {
        return new ListRows(Arrays.copyOf(list.content().slots(), list.size()), list.changes());
    }

    /** Without it: takes the vectors. */
    void look(InvertedLists lists) {
        for (int place = 0; place < slots.length; place++) {
            float[] row = slots[place] < 0 ? null : lists.row(slots[place]);
            rows[place] = row;
            placed[place] = row == null ? null : lists.similarity().placed(row);
        }
    }

    /** Places are below. */
    int size() {
        return slots.length;
    }

    int slot(int place) {
        return slots[place];
    }

    /** As {@link Similarity#placed}; none if no row is at the place. */
    float @Nullable [] placed(int place) {
        return placed[place];
    }

    /** Those that are there. */
    float[][] live() {
        return Arrays.stream(placed).filter(Objects::nonNull).toArray(float[][]::new);
    }

    /** Under the lock: whether the list still has at a place the row that was taken. */
    boolean isStill(InvertedLists lists, PostingList list, int place) {
        if (place >= slots.length || slots[place] < 0 || rows[place] == null) {
            return false;
        }
        return list.changes() == changes
                || (list.content().slots()[place] == slots[place] && lists.row(slots[place]) == rows[place]);
    }
}
