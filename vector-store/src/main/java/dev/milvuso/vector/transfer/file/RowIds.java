package dev.milvuso.vector.transfer.file;

import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** What the vectors of a file are called. */
public interface RowIds extends AutoCloseable {
    long count();

    /** What a collection of them has for a key. */
    KeyField key();

    List<Id> read(long first, int count);

    @Override
    default void close() {}

    /** The first is 0, the next 1. */
    static RowIds positions(long count) {
        return new Positions(count);
    }

    /**
     * The ids in a file: a {@code .npy} of NumPy with whole numbers of 64 bits, or text, a line an id.
     *
     * @throws IllegalArgumentException naming the file if it is none of these or damaged
     */
    static RowIds open(Path path) {
        FileBytes file = FileBytes.of(path);
        if (!NumPyHeader.begins(file)) {
            file.close();
            return LineIds.read(path);
        }
        try {
            return LongIds.read(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** See {@link #positions}. */
    record Positions(long count) implements RowIds {
        @Override
        public KeyField key() {
            return KeyField.INTEGER;
        }

        @Override
        public List<Id> read(long first, int count) {
            return LongStream.range(first, first + count).mapToObj(Id::of).toList();
        }
    }
}
