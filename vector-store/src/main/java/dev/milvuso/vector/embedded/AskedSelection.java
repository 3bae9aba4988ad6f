package dev.milvuso.vector.embedded;

import dev.milvuso.vector.embedded.column.RowTest;
import dev.milvuso.vector.embedded.column.SlotBits;
import dev.milvuso.vector.index.Selection;
import java.util.stream.IntStream;

/**
 * The rows that fulfil a test, which candidates alone are asked for.
 *
 * @param count about how many
 */
record AskedSelection(RowTest test, SlotBits live, int count) implements Selection {
    @Override
    public boolean contains(int slot) {
        return test.test(slot);
    }

    @Override
    public IntStream slots() {
        return test.of(live).stream();
    }
}
