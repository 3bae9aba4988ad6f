package dev.milvuso.vector.embedded;

import dev.milvuso.vector.index.Selection;
import java.util.stream.IntStream;

/** Counts what a search asks another one. For one thread. */
final class CountingSelection implements Selection {
    private final Selection selection;
    private long asked;
    private boolean listed;

    CountingSelection(Selection selection) {
        this.selection = selection;
    }

    @Override
    public boolean contains(int slot) {
        asked++;
        return selection.contains(slot);
    }

    @Override
    public int count() {
        return selection.count();
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
