package dev.milvuso.trainer.als;

/** Some rows of a matrix, in a fixed order: those of what one user has chosen, or of who has chosen one item. */
public final class RowSet {
    private final float[] values;
    private final int stride;
    private int[] rows = new int[0];
    private int from;
    private int to;

    /** @param values shape [rows × stride], not copied */
    public RowSet(float[] values, int stride) {
        this.values = values;
        this.stride = stride;
    }

    /** Chooses {@code rows[from]} to before {@code rows[to]}; nothing is copied. */
    public RowSet select(int[] rows, int from, int to) {
        this.rows = rows;
        this.from = from;
        this.to = to;
        return this;
    }

    public int size() {
        return to - from;
    }

    public float[] values() {
        return values;
    }

    /** Where the index-th of the chosen rows begins. */
    public int start(int index) {
        return rows[from + index] * stride;
    }
}
