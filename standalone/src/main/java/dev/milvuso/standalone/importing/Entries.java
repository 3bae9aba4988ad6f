package dev.milvuso.standalone.importing;

import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.data.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The entries of one file, in its order. Not for several threads. */
interface Entries extends AutoCloseable {
    /**
     * The next one, or null at the end.
     *
     * @throws IllegalArgumentException naming file and line, unless bad lines are skipped
     */
    @Nullable Entry next();

    /** Lines that could not be read so far. */
    long skipped();

    /** How much of the file as it lies on disk has been read; may be asked by any thread. */
    long bytesRead();

    @Override
    void close();

    /** @throws IllegalArgumentException if the file cannot be read */
    static Entries open(Path file, DataFormat format, OnError onError) {
        if (format == DataFormat.JSONL) {
            return new JsonEntries(file, onError);
        }
        return format == DataFormat.MOVIELENS && holdsFilms(file)
                ? new FilmEntries(file, onError)
                : new InteractionEntries(file, format, onError);
    }

    /** Films have three columns in every form; ratings have four. */
    private static boolean holdsFilms(Path file) {
        try (TextFile lines = TextFile.open(file, StandardCharsets.ISO_8859_1)) {
            String first = lines.readLine();
            return first != null
                    && (first.endsWith("movieId,title,genres")
                            || first.split("::", -1).length == 3
                            || first.split("\t", -1).length == 3);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be opened: " + e.getMessage(), e);
        }
    }
}
