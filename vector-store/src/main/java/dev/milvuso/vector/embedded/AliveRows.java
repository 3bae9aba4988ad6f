package dev.milvuso.vector.embedded;

import dev.milvuso.vector.index.Selection;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Of a selection the rows whose time to live is not over. */
record AliveRows(Selection within, IntPredicate isAlive) implements Selection {
    @Override
    public boolean contains(int slot) {
        return isAlive.test(slot) && within.contains(slot);
    }

    @Override
    public int count() {
        return within.count();
    }

    @Override
    public long[] bits() {
        return within.bits();
    }

    @Override
    public IntStream slots() {
        return within.slots().filter(isAlive);
    }
}
