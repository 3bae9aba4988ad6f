package dev.milvuso.trainer.online;

import java.util.BitSet;
import java.util.function.IntConsumer;

/** Which rows have moved since they were handed over, and whether an example of their own moved them. */
final class Moved {
    private final BitSet byExample = new BitSet();
    private final BitSet inPassing = new BitSet();

    void byExample(int row) {
        byExample.set(row);
    }

    void inPassing(int row) {
        inPassing.set(row);
    }

    /** Every one of so many rows has moved. */
    void all(int rows) {
        byExample.set(0, rows);
    }

    /** Hands over the rows with examples of their own. */
    void drain(IntConsumer rows) {
        byExample.stream().forEach(rows);
        inPassing.andNot(byExample);
        byExample.clear();
    }

    /** Hands over the rows that have moved only in passing. */
    void drainPassing(IntConsumer rows) {
        inPassing.andNot(byExample);
        inPassing.stream().forEach(rows);
        inPassing.clear();
    }
}
