package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.transfer.part.PartFormat;
import dev.milvuso.vector.transfer.part.PartInput;
import dev.milvuso.vector.transfer.part.PartOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.apache.parquet.io.LocalInputFile;

/**
 * Parquet files that any tool reads: a column for the key, each vector and each field. A dense vector is a list of
 * floats, one of bits so many bytes, a sparse one a map from index to number; JSON, and what is in no schema (in the
 * column {@code $meta}), is text of JSON.
 */
public record ParquetParts() implements PartFormat {
    @Override
    public String suffix() {
        return ".parquet";
    }

    @Override
    public PartOutput write(CollectionSchema schema, OutputStream file) throws IOException {
        return new ParquetOutput(schema, file, Map::of);
    }

    @Override
    public PartInput read(CollectionSchema schema, Path file) throws IOException {
        return ParquetInput.of(schema, new LocalInputFile(file));
    }
}
