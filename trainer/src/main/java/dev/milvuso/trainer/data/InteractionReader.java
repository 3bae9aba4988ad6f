package dev.milvuso.trainer.data;

import dev.milvuso.action.ActionTypes;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads interactions from a file in one of the formats. Not for several threads. */
public sealed interface InteractionReader extends AutoCloseable permits LineInteractions, ParquetInteractions {
    /** Action types are taken as they are. @throws IllegalArgumentException if the file cannot be opened */
    static InteractionReader open(Path file, DataFormat format, OnError onError) {
        return open(file, format, onError, new InteractionCheck(Optional.empty()));
    }

    /**
     * A line with an action type that is not among these is a bad line; so is a rating without a value.
     *
     * @throws IllegalArgumentException if the file cannot be opened
     */
    static InteractionReader open(Path file, DataFormat format, OnError onError, ActionTypes actions) {
        return open(file, format, onError, new InteractionCheck(Optional.of(actions)));
    }

    private static InteractionReader open(Path file, DataFormat format, OnError onError, InteractionCheck check) {
        return format == DataFormat.PARQUET
                ? ParquetInteractions.open(file, onError, check)
                : new LineInteractions(file, format, onError, check);
    }

    /**
     * The next interaction, or null at the end.
     *
     * @throws IllegalArgumentException naming file and line, unless bad lines are skipped
     */
    @Nullable Interaction next();

    /** Lines that could not be read so far. */
    long skipped();

    /** How much of the file as it lies on disk has been read; may be asked by any thread. */
    long bytesRead();

    /** The number of the last line read, from 1; of the last row where a format has no lines. */
    long line();

    @Override
    void close();
}
