package dev.milvuso.trainer.parameter;

import java.util.Arrays;

/**
 * Rows of numbers, each with its optimizer's state right behind it, in chunks, so that growing copies nothing. One
 * thread grows them; any number of others read and write rows that were there before.
 */
public final class Rows {
    private static final int MOST_CHUNK_ROWS = 1024;

    // Well below half of the smallest region of G1, from which on arrays would waste what is left of their region.
    private static final int MOST_CHUNK_BYTES = 1 << 18;

    /** Numbers in 64 bytes. */
    private static final int CACHE_LINE = 16;

    /**
     * Numbers before a chunk's first row: with the 16 bytes that an array begins with they make 32. Where objects are
     * laid at multiples of 32 (JVM option ObjectAlignmentInBytes) a vector of eight numbers then never lies in two
     * cache lines; elsewhere that depends on where arrays happen to lie.
     */
    private static final int LEAD = 4;

    /** Numbers in 4 MiB, about a core's share of the caches. */
    private static final int CACHED = 1 << 20;

    private final int dimension;
    private final int width;
    private final int shift;
    private final int mask;
    private float[][] chunks = new float[0][];
    private int count;

    /** No rows yet; there is room for a chunk of them at a time. */
    public Rows(int dimension, int stateWidth) {
        this.dimension = dimension;
        this.width = dimension + stateWidth;
        int rows = Math.min(MOST_CHUNK_ROWS, Integer.highestOneBit(MOST_CHUNK_BYTES / (width * Float.BYTES)));
        int chunkRows = Math.max(16, rows);
        this.shift = Integer.numberOfTrailingZeros(chunkRows);
        this.mask = chunkRows - 1;
    }

    /** So many rows of the same shape as others, all of zeros. */
    public static Rows like(Rows others, int size) {
        Rows rows = new Rows(others.dimension, others.width - others.dimension);
        while (rows.capacity() < size) {
            rows.addChunk();
        }
        return rows;
    }

    public int dimension() {
        return dimension;
    }

    /** Numbers of a row and of its state. */
    public int width() {
        return width;
    }

    /** Rows of a chunk, a power of two. */
    public int chunkRows() {
        return mask + 1;
    }

    /** What a chunk takes up in memory. */
    long chunkBytes() {
        return 16 + (LEAD + (long) chunkRows() * width) * Float.BYTES;
    }

    /** Rows that there is room for. */
    public int capacity() {
        return count << shift;
    }

    /** Makes room for a chunk more. */
    void addChunk() {
        if (count == chunks.length) {
            chunks = Arrays.copyOf(chunks, count + count / 2 + 4);
        }
        chunks[count++] = new float[LEAD + chunkRows() * width];
    }

    /** The chunk that holds a row and its state; the row begins at {@link #offset}. */
    public float[] chunk(int row) {
        return chunks[row >>> shift];
    }

    public int offset(int row) {
        return LEAD + (row & mask) * width;
    }

    /** Where in its chunk the optimizer's state of a row begins. */
    public int stateOffset(int row) {
        return offset(row) + dimension;
    }

    /** Numbers and state of a row become those of a row of other rows of this shape. */
    public void copy(int row, Rows from, int other) {
        System.arraycopy(from.chunk(other), from.offset(other), chunk(row), offset(row), width);
    }

    /**
     * Reads a number of every cache line of a row. Who is about to move several rows touches all of them first, and so
     * waits for memory once for all and not for each in turn: measured, a third of a step in a table of a million rows.
     *
     * @return anything; to be kept, or the compiler leaves the reading out
     */
    public float touch(int row) {
        float[] chunk = chunk(row);
        int begin = offset(row);
        int last = begin + width - 1;
        float sum = chunk[last];
        for (int at = begin; at < last; at += CACHE_LINE) {
            sum += chunk[at];
        }
        return sum;
    }

    /** Whether the numbers take more than caches hold, so that it pays to {@link #touch} rows. */
    public boolean isLarge() {
        return (long) capacity() * width > CACHED;
    }
}
