package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.transfer.part.PartInput;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a file, of which a group of rows is in memory. */
final class ParquetInput implements PartInput {
    private final CollectionSchema schema;
    private final MessageType columns;
    private final ParquetFileReader file;
    private @Nullable RecordReader<Entity> rows;
    private long left;

    /** @throws IllegalArgumentException if it has other columns than the schema's, naming a difference */
    ParquetInput(CollectionSchema schema, InputFile input) throws IOException {
        this.schema = schema;
        this.columns = Columns.of(schema);
        this.file = ParquetFile.reader(input);
        MessageType there = file.getFileMetaData().getSchema();
        if (!there.equals(columns)) {
            file.close();
            throw new IllegalArgumentException("the columns are " + oneLine(there) + ": must be " + oneLine(columns));
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
                    .getRecordReader(group, new RowBuilder(schema));
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
