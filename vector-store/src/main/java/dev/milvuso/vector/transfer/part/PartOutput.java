package dev.milvuso.vector.transfer.part;

import dev.milvuso.vector.Entity;
import java.io.IOException;

/** Rows that go into a file. Not for use by several threads. */
public interface PartOutput extends AutoCloseable {
    /** @param row with its key */
    void write(Entity row) throws IOException;

    /** About how many bytes of rows have been taken. */
    long bytes();

    /** Writes what is not written yet and closes the file; a second time does nothing. */
    @Override
    void close() throws IOException;
}
