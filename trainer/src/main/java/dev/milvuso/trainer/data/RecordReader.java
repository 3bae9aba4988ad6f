package dev.milvuso.trainer.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads records from the lines of a text file and counts the lines that hold none. Not for several threads. */
public abstract sealed class RecordReader<T> implements AutoCloseable permits LineInteractions, ItemReader {
    private final Path file;
    private final TextFile lines;
    private final OnError onError;
    private final SkippedLines skipped = new SkippedLines();
    private final Deque<T> ready = new ArrayDeque<>();
    private boolean begun;
    private long line;

    /** @throws IllegalArgumentException if the file cannot be opened */
    RecordReader(Path file, OnError onError) {
        this.file = file;
        this.onError = onError;
        try {
            // One byte a character, so that every line can be decoded on its own and a wrong one be named.
            this.lines = TextFile.open(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Takes the first line that is not blank, whatever {@link OnError} says of bad lines.
     *
     * @return whether it was a header and no record
     * @throws IllegalArgumentException saying what is wrong with it
     */
    abstract boolean begin(String first);

    /** @throws IllegalArgumentException saying what is wrong with the line */
    abstract List<T> parse(String text);

    /** The text of a line that is not UTF-8. */
    abstract String decodeForeign(byte[] bytes);

    /**
     * The next record, or null at the end.
     *
     * @throws IllegalArgumentException naming file and line, unless bad lines are skipped
     */
    public @Nullable T next() {
        while (ready.isEmpty()) {
            String bytes = readLine();
            if (bytes == null) {
                return null;
            }
            line++;
            take(bytes);
        }
        return ready.poll();
    }

    /** Lines that could not be read so far. */
    public long skipped() {
        return skipped.count();
    }

    /** How much of the file as it lies on disk has been read; may be asked by any thread. */
    public long bytesRead() {
        return lines.bytesRead();
    }

    /** The number of the last line read, from 1. */
    public long line() {
        return line;
    }

    private @Nullable String readLine() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read after line " + line + ": " + e.getMessage(), e);
        }
    }

    private void take(String bytes) {
        boolean header = !begun;
        try {
            String text = decode(bytes);
            if (text.isBlank()) {
                return;
            }
            begun = true;
            if (header && begin(text)) {
                return;
            }
            header = false;
            ready.addAll(parse(text));
        } catch (IllegalArgumentException e) {
            String message = file + " line " + line + ": " + e.getMessage();
            if (header || onError == OnError.FAIL) {
                throw new IllegalArgumentException(message, e);
            }
            skipped.add(message);
        }
    }

    private String decode(String latin) {
        boolean ascii = true;
        for (int i = 0; i < latin.length() && ascii; i++) {
            ascii = latin.charAt(i) < 0x80;
        }
        if (ascii) {
            return latin;
        }
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean marked = line == 1 && text.startsWith("\uFEFF");
            return marked ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return decodeForeign(bytes);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
