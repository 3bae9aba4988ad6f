package dev.milvuso.vector.transfer.file;

import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ids in a file of text in UTF-8, a line each. Quick when read in order. Not for use by several threads. */
final class LineIds implements RowIds {
    private final Path path;
    private final long count;
    private BufferedReader lines;
    private long next;

    private LineIds(Path path, long count) throws IOException {
        this.path = path;
        this.count = count;
        this.lines = Files.newBufferedReader(path);
    }

    static LineIds read(Path path) {
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            long count = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                count++;
                if (line.isEmpty()) {
                    throw new IllegalArgumentException(path + " line " + count + " is empty: must hold an id");
                }
            }
            return new LineIds(path, count);
        } catch (IOException e) {
            throw new IllegalArgumentException(path + " is no text in UTF-8 with an id in each line", e);
        }
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public KeyField key() {
        return KeyField.TEXT;
    }

    @Override
    public List<Id> read(long first, int wanted) {
        try {
            if (first < next) {
                lines.close();
                lines = Files.newBufferedReader(path);
                next = 0;
            }
            for (; next < first; next++) {
                line();
            }
            List<Id> ids = new ArrayList<>(wanted);
            for (int i = 0; i < wanted; i++, next++) {
                ids.add(Id.of(line()));
            }
            return ids;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private String line() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IllegalArgumentException(path + " has been cut off while it was read");
        }
        return line;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path + ": " + e.getMessage(), e);
        }
    }
}
