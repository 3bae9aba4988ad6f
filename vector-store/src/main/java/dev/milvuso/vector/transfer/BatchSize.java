package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.VectorField;

/** How many rows are held in memory at a time: some megabytes of the largest that the schema allows. */
public final class BatchSize {
    private static final long BATCH_BYTES = 8 << 20;
    private static final int MOST_ROWS = 1000;

    /** JSON and what is not in the schema has no bound there; few rows hold more. */
    private static final long OPEN_BYTES = 4096;

    private static final long SPARSE_BYTES = 4096;

    private BatchSize() {}

    public static int rows(CollectionSchema schema) {
        long row = schema.dynamic() ? OPEN_BYTES : 0;
        row += bytes(schema.key().type());
        for (VectorField vector : schema.vectors()) {
            row += bytes(vector.type());
        }
        for (Field field : schema.fields()) {
            row += bytes(field.type());
        }
        return (int) Math.max(1, Math.min(MOST_ROWS, BATCH_BYTES / row));
    }

    private static long bytes(VectorField.Type type) {
        if (type instanceof VectorField.Type.Dense dense) {
            return 4L * dense.dimension();
        }
        return type instanceof VectorField.Type.Binary binary ? binary.dimension() / 8 : SPARSE_BYTES;
    }

    private static long bytes(Field.Type type) {
        if (type instanceof Field.Type.Text text) {
            return text.maxBytes();
        }
        if (type instanceof Field.Type.Array array) {
            return Math.min(BATCH_BYTES, array.capacity() * bytes(array.element()));
        }
        return type instanceof Field.Type.Json ? OPEN_BYTES : Long.BYTES;
    }
}
