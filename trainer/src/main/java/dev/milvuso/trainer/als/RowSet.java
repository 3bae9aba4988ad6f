package dev.milvuso.trainer.als;

/** Some rows of a matrix, in a fixed order: those of what one user has chosen, or of who has chosen one item. */
final class RowSet {
    private final float[] values;
    private final int stride;
    private int[] rows = new int[0];
    private int from;
    private int to;

    /** @param values shape [rows × stride], not copied */
    RowSet(float[] values, int stride) {
        this.values = values;
        this.stride = stride;
    }

    /** Chooses {@code rows[from]} to before {@code rows[to]}; nothing is copied. */
    RowSet select(int[] rows, int from, int to) {
        this.rows = rows;
        this.from = from;
        this.to = to;
        return this;
    }

    int size() {
        return to - from;
    }

    float[] values() {
        return values;
    }

    /** Where the index-th of the chosen rows begins. */
    int start(int index) {
        return rows[from + index] * stride;
    }
}
