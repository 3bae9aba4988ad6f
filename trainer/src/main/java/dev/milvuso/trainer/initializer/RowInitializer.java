package dev.milvuso.trainer.initializer;

/** Fills the row of an id. */
public interface RowInitializer {
    /** Fills {@code length} numbers from {@code offset} on. */
    void fill(String kind, String id, float[] rows, int offset, int length);
}
