package dev.milvuso.vector.embedded;

import dev.milvuso.vector.embedded.column.SlotBits;
import dev.milvuso.vector.index.Selection;
import java.util.stream.IntStream;

/** The slots that are set, which do not change while a search runs. */
record BitsSelection(SlotBits found) implements Selection {
    @Override
    public boolean contains(int slot) {
        return found.get(slot);
    }

    @Override
    public int count() {
        return found.count();
    }

    @Override
    public long[] bits() {
        return found.array();
    }

    @Override
    public IntStream slots() {
        return found.stream();
    }
}
