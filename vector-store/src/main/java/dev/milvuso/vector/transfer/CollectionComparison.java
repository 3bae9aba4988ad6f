package dev.milvuso.vector.transfer;

import dev.milvuso.vector.transfer.part.RowLine;

/** Compares two ordered sources row by row, a batch of each in memory. */
public final class CollectionComparison {
    private final RowSource first;
    private final RowSource second;

    public CollectionComparison(RowSource first, RowSource second) {
        this.first = first;
        this.second = second;
    }

    /** @throws IllegalArgumentException if one of them has no order */
    public Comparison run(Progress progress) {
        Tally tally = new Tally(new RowLine(first.schema()), first.count(), progress);
        new RowPairs(new RowEquality(second.schema())).walk(first, second, tally);
        return tally.comparison();
    }
}
