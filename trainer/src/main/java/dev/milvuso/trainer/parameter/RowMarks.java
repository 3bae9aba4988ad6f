package dev.milvuso.trainer.parameter;

/** What is known of the rows of one chunk besides their numbers. */
final class RowMarks {
    final int[] used;
    final short[] generations;
    volatile RowIds ids;

    /** @param rows of the chunk */
    RowMarks(int rows) {
        used = new int[rows];
        generations = new short[rows];
        ids = new RowIds(rows);
    }

    private RowMarks(int[] used, short[] generations, RowIds ids) {
        this.used = used;
        this.generations = generations;
        this.ids = ids;
    }

    /** As they are now. */
    RowMarks copy() {
        return new RowMarks(used.clone(), generations.clone(), ids.copy());
    }

    /** What those of so many rows take up, ids not counted. */
    static long bytes(int rows) {
        return 56L + (long) rows * (Integer.BYTES + Short.BYTES);
    }
}
