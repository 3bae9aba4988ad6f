package dev.milvuso.trainer.parameter;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The rows of a table that moved, as they were at one moment: chunks of which half moved whole, of the others these
 * rows alone. They are copied when they are read; until then a row that is about to move again is copied first.
 *
 * <p>Nobody waits for anybody: who reads copies a row as it finds it, and then looks whether it was kept, for then it
 * may have been written to meanwhile.
 */
public final class TableImage implements PartImage {
    /** Rows of a piece take about as much as this, in bytes. */
    private static final int PIECE = 1 << 17;

    private final ParameterTable table;
    private final int size;
    private final int chunkRows;
    private final int width;
    private final BitSet rows;
    private final BitSet whole;

    /** Rows that have not moved again. For the thread that learns alone. */
    private final BitSet resting;

    private final AtomicReferenceArray<KeptRows> kept;
    private final Map<Integer, Marks> keptMarks = new ConcurrentHashMap<>();
    private final PartBuffer buffer;

    /**
     * @param rows that moved; belongs to the image from now on, as does
     * @param whole which chunks to give whole in any case
     */
    TableImage(ParameterTable table, BitSet rows, BitSet whole) {
        this.table = table;
        this.size = table.size();
        this.chunkRows = table.chunkRows();
        this.width = table.rows().width();
        this.buffer = new PartBuffer(table);
        this.rows = rows;
        this.whole = whole;
        this.kept = new AtomicReferenceArray<>(table.chunks());
        whole.clear(table.chunks(), Math.max(table.chunks(), whole.length()));
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(end(row))) {
            int chunk = row / chunkRows;
            if (2 * rows.get(row, end(row)).cardinality() >= end(row) - chunk * chunkRows) {
                whole.set(chunk);
            }
        }
        whole.stream().forEach(chunk -> rows.set(chunk * chunkRows, end(chunk * chunkRows)));
        this.resting = (BitSet) rows.clone();
    }

    /** Where the chunk of a row ends. */
    private int end(int row) {
        return Math.min(size, (row / chunkRows + 1) * chunkRows);
    }

    @Override
    public int parts() {
        return kept.length();
    }

    @Override
    public BitSet whole() {
        return whole;
    }

    /** The rows that it holds. */
    BitSet moved() {
        return rows;
    }

    /** A row's numbers are about to be written to. */
    void keep(int row) {
        if (resting.get(row)) {
            resting.clear(row);
            KeptRows ofChunk = kept(row / chunkRows);
            if (ofChunk != KeptRows.UNNEEDED) {
                ofChunk.keep(row % chunkRows, table.chunk(row), table.offset(row));
            }
        }
    }

    private KeptRows kept(int chunk) {
        KeptRows known = kept.get(chunk);
        if (known != null) {
            return known;
        }
        KeptRows begun = new KeptRows(chunkRows, width);
        return kept.compareAndSet(chunk, null, begun) ? begun : kept.get(chunk);
    }

    /** What else is known of a row is about to change. */
    void keepMarks(int row) {
        if (rows.get(row) && kept.get(row / chunkRows) != KeptRows.UNNEEDED) {
            keptMarks.computeIfAbsent(row, table.names()::marks);
            VarHandle.storeStoreFence();
        }
    }

    @Override
    public ByteBuffer part(int number) {
        int first = number * chunkRows;
        int[] all = new int[end(first) - first];
        Arrays.setAll(all, place -> first + place);
        return read(all, all.length);
    }

    @Override
    public Iterator<ByteBuffer> pieces() {
        return new Iterator<>() {
            private int next = outsideOfWhole(0);

            @Override
            public boolean hasNext() {
                return next >= 0;
            }

            @Override
            public ByteBuffer next() {
                if (next < 0) {
                    throw new NoSuchElementException();
                }
                int[] piece = new int[PIECE / (width * Float.BYTES) + chunkRows];
                int count = 0;
                while (next >= 0 && count <= piece.length - chunkRows) {
                    int end = end(next);
                    for (; next >= 0 && next < end; next = rows.nextSetBit(next + 1)) {
                        piece[count++] = next;
                    }
                    next = outsideOfWhole(end);
                }
                return read(piece, count);
            }
        };
    }

    /** The first row of the image from here on whose chunk is not given whole, or -1. */
    private int outsideOfWhole(int from) {
        int row = rows.nextSetBit(from);
        while (row >= 0 && whole.get(row / chunkRows)) {
            row = rows.nextSetBit(end(row));
        }
        return row;
    }

    /** @param taken ascending, all rows of their chunks that the image holds */
    private ByteBuffer read(int[] taken, int count) {
        ByteBuffer part = buffer.read(taken, count, keptMarks, (row, numbers, at) -> {
            KeptRows ofChunk = kept.get(row / chunkRows);
            if (ofChunk != null) {
                ofChunk.putBack(row % chunkRows, numbers, at);
            }
        });
        for (int i = 0; i < count; i++) {
            kept.setRelease(taken[i] / chunkRows, KeptRows.UNNEEDED);
        }
        return part;
    }
}
