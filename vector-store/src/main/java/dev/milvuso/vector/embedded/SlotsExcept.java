package dev.milvuso.vector.embedded;

import dev.milvuso.vector.index.Selection;
import java.util.stream.IntStream;

/** Of a selection all but a few slots. */
record SlotsExcept(Selection within, SlotSet excluded) implements Selection {
    @Override
    public boolean contains(int slot) {
        return !excluded.contains(slot) && within.contains(slot);
    }

    @Override
    public boolean excludes(int slot) {
        return excluded.contains(slot) && within.contains(slot);
    }

    @Override
    public int count() {
        return within.count();
    }

    @Override
    public IntStream slots() {
        return within.slots().filter(slot -> !excluded.contains(slot));
    }
}
