package dev.milvuso.vector.transfer.file;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.check.CollectionCheck;
import dev.milvuso.vector.check.EntityCheck;
import dev.milvuso.vector.check.EntityMismatch;
import dev.milvuso.vector.transfer.BatchSize;
import dev.milvuso.vector.transfer.ExportFormat;
import dev.milvuso.vector.transfer.Mark;
import dev.milvuso.vector.transfer.ParquetRows;
import dev.milvuso.vector.transfer.RowBatch;
import dev.milvuso.vector.transfer.RowSource;
import dev.milvuso.vector.transfer.parquet.ParquetFile;
import dev.milvuso.vector.transfer.part.PartInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The rows of a Parquet file that another program wrote, such as pandas, for a collection that is there: each column
 * has the name of a field. A group of rows is in memory, and at first 8 bytes for each key. Not for use by several
 * threads.
 */
public final class TableRows implements RowSource {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private final String name;
    private final ParquetFile file;
    private final CollectionSchema schema;
    private final int batch;

    /**
     * Looks at all columns, and at the rows' keys.
     *
     * @param name of the file, as messages have it
     * @param file whose channel stays open as long as the rows are read
     * @param schema of the collection
     * @throws IllegalArgumentException in one line beginning with the name, which names the column that does not fit,
     *     or the rows of a key that stands twice; or if the collection makes its keys itself
     */
    public TableRows(String name, ParquetFile file, CollectionSchema schema) {
        this.name = name;
        this.file = file;
        this.schema = schema;
        this.batch = BatchSize.rows(schema);
        if (schema.key().generated()) {
            throw new IllegalArgumentException("collection " + schema.name()
                    + " makes its keys itself, and a file's rows are put by key: insert them instead");
        }
        close(reading(file::readTable), name);
        try (Keys keys = new Keys()) {
            DistinctIds.check(keys, "rows");
        }
    }

    /**
     * The rows of a Parquet file, whoever wrote it: of an export as they were, of another as {@link TableRows}.
     *
     * @param channel stays the caller's, who closes it behind the last row
     * @param collection asked for if the file is no export
     * @throws IllegalArgumentException in one line beginning with the name, if it is damaged or does not fit
     * @throws UnsupportedOperationException if Parquet's libraries are not there
     */
    public static RowSource of(String name, FileChannel channel, Supplier<CollectionSchema> collection) {
        ExportFormat.PARQUET.requireLibraries();
        ParquetFile file = ParquetFile.open(name, channel);
        return ParquetRows.isExport(file) ? new ParquetRows(name, file) : new TableRows(name, file, collection.get());
    }

    /** Whether a file begins as one of Parquet. */
    public static boolean isParquet(FileChannel channel) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(MAGIC.length);
        return channel.read(first, 0) == MAGIC.length && Arrays.equals(first.array(), MAGIC);
    }

    /** What opens the file's rows. */
    private interface Reading {
        PartInput open(CollectionSchema schema) throws IOException;
    }

    private PartInput reading(Reading reading) {
        try {
            return reading.open(schema);
        } catch (IOException | RuntimeException e) {
            throw wrong("", e);
        }
    }

    private IllegalArgumentException wrong(String where, Exception cause) {
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new IllegalArgumentException(name + " " + where + message, cause);
    }

    private Entity row(PartInput input, long number) {
        try {
            Entity row = input.next().orElseThrow(() -> new IllegalArgumentException("is missing"));
            if (row.key().isEmpty()) {
                throw new IllegalArgumentException(schema.key().name() + " is null: a key must be a value");
            }
            return row;
        } catch (IOException | RuntimeException e) {
            throw wrong("row " + number + ": ", e);
        }
    }

    @Override
    public CollectionSchema schema() {
        return schema;
    }

    @Override
    public List<String> partitions() {
        return List.of(CollectionCheck.DEFAULT_PARTITION);
    }

    @Override
    public long count() {
        return file.rows();
    }

    @Override
    public boolean isOrdered() {
        return false;
    }

    @Override
    public Rows behind(Mark mark) {
        return new Batches(reading(file::readTable), mark.rows());
    }

    private final class Batches implements Rows {
        private final PartInput input;
        private long at;

        Batches(PartInput input, long from) {
            this.input = input;
            while (at < from) {
                Entity unused = row(input, ++at);
            }
        }

        @Override
        public boolean hasNext() {
            return at < file.rows();
        }

        @Override
        public RowBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more rows of " + name);
            }
            long first = at;
            List<Entity> rows = new ArrayList<>();
            while (rows.size() < batch && hasNext()) {
                rows.add(row(input, ++at));
            }
            return new RowBatch(CollectionCheck.DEFAULT_PARTITION, checked(rows, first));
        }

        /** The store would look as well, and not know where in the file it is. */
        private List<Entity> checked(List<Entity> rows, long first) {
            try {
                return new EntityCheck(schema).upserted(rows);
            } catch (EntityMismatch e) {
                throw wrong("row " + (first + e.entity() + 1) + ", column " + e.field() + ": ", e);
            }
        }

        @Override
        public void close() {
            TableRows.close(input, name);
        }
    }

    private static void close(PartInput input, String name) {
        try {
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + name + ": " + e.getMessage(), e);
        }
    }

    /** Read from the first to the last, any number of times. */
    private final class Keys implements RowIds {
        private Optional<PartInput> input = Optional.empty();
        private long at;

        @Override
        public long count() {
            return file.rows();
        }

        @Override
        public KeyField key() {
            return schema.key();
        }

        @Override
        public List<Id> read(long first, int count) {
            if (first == 0) {
                close();
                input = Optional.of(reading(file::readKeys));
                at = 0;
            }
            if (first != at) {
                throw new IllegalArgumentException("keys from row " + first + " on: " + at + " have been read");
            }
            List<Id> ids = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                ids.add(row(input.orElseThrow(), ++at).key().orElseThrow());
            }
            return ids;
        }

        @Override
        public void close() {
            input.ifPresent(each -> TableRows.close(each, name));
        }
    }
}
