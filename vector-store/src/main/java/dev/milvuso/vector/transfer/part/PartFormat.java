package dev.milvuso.vector.transfer.part;

import dev.milvuso.vector.CollectionSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** How rows stand in a file. */
public interface PartFormat {
    /** Of a file's name, such as {@code .jsonl.gz}. */
    String suffix();

    /** @param file where the bytes go; stays the caller's until the output is finished, which closes it */
    PartOutput write(CollectionSchema schema, OutputStream file) throws IOException;

    PartInput read(CollectionSchema schema, Path file) throws IOException;
}
