package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.transfer.part.PartInput;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a file, of which a group of rows is in memory. */
final class ParquetInput implements PartInput {
    private final ParquetFileReader file;
    private final MessageType columns;
    private final RecordMaterializer<Entity> builder;
    private @Nullable RecordReader<Entity> rows;
    private long left;

    private ParquetInput(ParquetFileReader file, MessageType columns, RecordMaterializer<Entity> builder) {
        this.file = file;
        this.columns = columns;
        this.builder = builder;
    }

    /** @throws IllegalArgumentException if it has other columns than the schema's, naming a difference */
    static ParquetInput of(CollectionSchema schema, InputFile input) throws IOException {
        MessageType columns = Columns.of(schema);
        return open(input, file -> {
            MessageType there = file.getFileMetaData().getSchema();
            if (!there.equals(columns)) {
                throw new IllegalArgumentException(
                        "the columns are " + oneLine(there) + ": must be " + oneLine(columns));
            }
            return new ParquetInput(file, columns, RowBuilder.of(schema));
        });
    }

    /**
     * Of a file that another program wrote.
     *
     * @throws IllegalArgumentException naming the column that does not fit the schema
     */
    static ParquetInput ofTable(CollectionSchema schema, InputFile input) throws IOException {
        return open(input, file -> {
            MessageType there = file.getFileMetaData().getSchema();
            return new ParquetInput(file, there, new TableColumns(schema, there).rows());
        });
    }

    /** Of the same nothing but the keys, for which no other column is read. */
    static ParquetInput ofKeys(CollectionSchema schema, InputFile input) throws IOException {
        return open(input, file -> {
            TableColumns there = new TableColumns(schema, file.getFileMetaData().getSchema());
            file.setRequestedSchema(there.keyColumn());
            return new ParquetInput(file, there.keyColumn(), there.keys());
        });
    }

    private static ParquetInput open(InputFile input, Function<ParquetFileReader, ParquetInput> reading)
            throws IOException {
        ParquetFileReader file = ParquetFile.reader(input);
        try {
            return reading.apply(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static String oneLine(MessageType type) {
        return type.toString().replaceAll("\\s+", " ").strip();
    }

    @Override
    public Optional<Entity> next() throws IOException {
        while (left == 0) {
            PageReadStore group = file.readNextRowGroup();
            if (group == null) {
                return Optional.empty();
            }
            rows = new ColumnIOFactory(file.getFileMetaData().getCreatedBy())
                    .getColumnIO(columns)
                    .getRecordReader(group, builder);
            left = group.getRowCount();
        }
        left--;
        return Optional.ofNullable(rows).map(RecordReader::read);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
