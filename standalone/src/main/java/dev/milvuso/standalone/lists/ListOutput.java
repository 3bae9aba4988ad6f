package dev.milvuso.standalone.lists;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where lists go. */
public interface ListOutput extends AutoCloseable {
    /**
     * By the file's name: {@code .jsonl} or {@code .parquet}.
     *
     * @throws IllegalArgumentException saying what else the name must be, or what is there already
     */
    static ListOutput open(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".parquet")) {
            return new ParquetFile(file);
        }
        if (name.endsWith(".jsonl")) {
            return ListFile.open(file);
        }
        throw new IllegalArgumentException("must end in .jsonl or .parquet");
    }

    /** How many lists were there when it was opened. */
    long before();

    /** Whose the last of them is; empty if there was none. */
    String last();

    /** Writes some. */
    void add(List<UserLists.Line> lines) throws IOException;

    /** All lists have come: what can be whole only is whole from now on. */
    void finish() throws IOException;

    @Override
    void close() throws IOException;
}
