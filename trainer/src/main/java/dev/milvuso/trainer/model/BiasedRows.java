package dev.milvuso.trainer.model;

import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.initializer.RowInitializer;

/**
 * Rows with a place for the user's bias before the last number: 0 in a user's at first, and 1 in an item's for good.
 */
record BiasedRows(RowInitializer factors) implements RowInitializer {
    @Override
    public void fill(String kind, String id, float[] rows, int offset, int length) {
        if (length > 1) {
            factors.fill(kind, id, rows, offset, length - 1);
        }
        rows[offset + length - 1] = kind.equals(Kind.ITEM.label()) ? 1 : 0;
    }
}
