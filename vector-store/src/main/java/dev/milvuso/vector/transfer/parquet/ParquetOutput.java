package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.transfer.part.PartOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/** Writes rows into one file, a group of some megabytes at a time. */
final class ParquetOutput implements PartOutput {
    /** What is in memory before it is written. */
    private static final long GROUP_BYTES = 16L << 20;

    private static final int PAGE_BYTES = 1 << 20;

    private final ParquetWriter<Entity> writer;
    private boolean closed;

    /** @param said beside the rows, by name; asked for when all of them have been written */
    ParquetOutput(CollectionSchema schema, OutputStream file, Supplier<Map<String, String>> said) throws IOException {
        Builder builder = new Builder(new StreamFile(file), new RowSupport(schema, said))
                .withConf(new PlainParquetConfiguration())
                .withRowGroupSize(GROUP_BYTES)
                .withPageSize(PAGE_BYTES)
                .withCompressionCodec(CompressionCodecName.ZSTD);
        for (VectorField vector : schema.vectors()) {
            if (vector.type() instanceof VectorField.Type.Dense) {
                // Hardly a number stands twice: a dictionary would be made, and thrown away. Signs and exponents, which
                // are alike, lie side by side and get smaller.
                String column = vector.name() + "." + Columns.LIST + "." + Columns.ELEMENT;
                builder = builder.withDictionaryEncoding(column, false).withByteStreamSplitEncoding(column, true);
            }
        }
        this.writer = builder.build();
    }

    private static final class Builder extends ParquetWriter.Builder<Entity, Builder> {
        private final RowSupport rows;

        Builder(OutputFile file, RowSupport rows) {
            super(file);
            this.rows = rows;
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Deprecated and abstract all the same. */
        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<Entity> getWriteSupport(Configuration configuration) {
            return rows;
        }
    }

    @Override
    public void write(Entity row) throws IOException {
        writer.write(row);
    }

    @Override
    public long bytes() {
        return writer.getDataSize();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            writer.close();
        }
    }
}
