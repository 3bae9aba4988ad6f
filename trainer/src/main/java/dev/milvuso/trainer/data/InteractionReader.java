package dev.milvuso.trainer.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line. Not for several threads. */
public final class InteractionReader implements AutoCloseable {
    private final Path file;
    private final BufferedReader lines;
    private final LineParser parser;
    private final OnError onError;
    private final Deque<Interaction> ready = new ArrayDeque<>();
    private long line;
    private long skipped;

    private InteractionReader(Path file, BufferedReader lines, DataFormat format, OnError onError) {
        this.file = file;
        this.lines = lines;
        this.parser = new LineParser(format);
        this.onError = onError;
    }

    /** @throws IllegalArgumentException if the file cannot be opened */
    public static InteractionReader open(Path file, DataFormat format, OnError onError) {
        try {
            return new InteractionReader(file, TextFiles.open(file), format, onError);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * The next interaction, or null at the end.
     *
     * @throws IllegalArgumentException naming file and line, unless bad lines are skipped
     */
    public @Nullable Interaction next() {
        while (ready.isEmpty()) {
            String text = readLine();
            if (text == null) {
                return null;
            }
            line++;
            if (!text.isBlank()) {
                take(text);
            }
        }
        return ready.poll();
    }

    /** Lines that could not be read so far. */
    public long skipped() {
        return skipped;
    }

    /** The number of the last line read, from 1. */
    public long line() {
        return line;
    }

    private @Nullable String readLine() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " after line " + line + ": " + e.getMessage(), e);
        }
    }

    private void take(String text) {
        if (line == 1 && header(text)) {
            return;
        }
        try {
            ready.addAll(parser.parse(text));
        } catch (IllegalArgumentException e) {
            if (onError == OnError.FAIL) {
                throw located(e);
            }
            skipped++;
        }
    }

    private boolean header(String text) {
        try {
            return parser.isHeader(text);
        } catch (IllegalArgumentException e) {
            throw located(e);
        }
    }

    private IllegalArgumentException located(IllegalArgumentException e) {
        return new IllegalArgumentException(file + " line " + line + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
