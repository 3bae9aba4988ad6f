package dev.milvuso.vector.transfer.part;

import dev.milvuso.vector.Entity;
import java.io.IOException;
import java.util.Optional;

/** Rows of a file. Not for use by several threads. */
public interface PartInput extends AutoCloseable {
    /**
     * Nothing at the end.
     *
     * @throws IllegalArgumentException saying in one line what is wrong with the row
     */
    Optional<Entity> next() throws IOException;

    @Override
    void close() throws IOException;
}
