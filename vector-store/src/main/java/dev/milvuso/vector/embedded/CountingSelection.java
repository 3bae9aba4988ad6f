package dev.milvuso.vector.embedded;

import dev.milvuso.vector.embedded.column.SlotBits;
import dev.milvuso.vector.index.Selection;
import java.util.stream.IntStream;

/** Counts what a search asks another one. For one thread. */
final class CountingSelection implements Selection {
    private final Selection selection;
    private final SlotBits live;
    private long asked;
    private boolean listed;

    /** @param live the slots that hold a row: a scan asks for empty ones as well */
    CountingSelection(Selection selection, SlotBits live) {
        this.selection = selection;
        this.live = live;
    }

    @Override
    public boolean contains(int slot) {
        asked += live.get(slot) ? 1 : 0;
        return selection.contains(slot);
    }

    @Override
    public int count() {
        return selection.count();
    }

    @Override
    public long[] bits() {
        return selection.bits();
    }

    @Override
    public IntStream slots() {
        listed = true;
        return selection.slots();
    }

    /** How many rows were asked for. */
    long asked() {
        return asked;
    }

    /** Whether all its rows were gone through. */
    boolean isListed() {
        return listed;
    }
}
