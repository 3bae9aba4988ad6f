package dev.milvuso.vector.transfer.file;

import dev.milvuso.vector.Metric;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Vectors that lie in a table of a file.
 *
 * @param metric if the file says it
 * @param ids if the file has them
 * @param check of each row that is read, by its number
 */
record TableFile(FileBytes file, NumberTable table, Optional<Metric> metric, Optional<RowIds> ids, LongConsumer check)
        implements VectorFile {
    /** One that says nothing but its numbers. */
    TableFile(FileBytes file, NumberTable table, LongConsumer check) {
        this(file, table, Optional.empty(), Optional.empty(), check);
    }

    static void unchecked(long row) {
        // There is nothing beside its numbers.
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public int dimension() {
        return table.dimension();
    }

    @Override
    public long count() {
        return table.rows();
    }

    @Override
    public float[][] read(long first, int count) {
        for (long row = first; row < first + count; row++) {
            check.accept(row);
        }
        return table.read(first, count);
    }

    @Override
    public void close() {
        file.close();
    }
}
