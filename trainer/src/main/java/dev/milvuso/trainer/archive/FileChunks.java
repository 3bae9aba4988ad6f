package dev.milvuso.trainer.archive;

import dev.milvuso.trainer.archive.store.ArchiveFile;
import dev.milvuso.trainer.archive.store.ArchiveStore;
import dev.milvuso.trainer.archive.store.LearntFrom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The rows of one file, read by one thread a little ahead of the one that takes them. */
final class FileChunks {
    private static final int ROWS = 4096;
    private static final int AHEAD = 2;

    private final BlockingQueue<Chunk> ready = new ArrayBlockingQueue<>(AHEAD);
    private List<LearntFrom> filling = new ArrayList<>(ROWS);

    private record Chunk(
            List<LearntFrom> rows, boolean last, @Nullable Throwable failure) {}

    /** Thrown out of a store's callback. */
    private static final class Interrupted extends RuntimeException {}

    /** @param from rows before it stand in another file */
    void read(ArchiveStore store, ArchiveFile file, long from) {
        try {
            Throwable failure = null;
            try {
                store.read(file, row -> {
                    if (row.offset() >= from) {
                        add(row);
                    }
                });
            } catch (IOException | RuntimeException | LinkageError e) {
                failure = e;
            }
            ready.put(new Chunk(filling, true, failure));
        } catch (InterruptedException | Interrupted e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(LearntFrom row) {
        filling.add(row);
        if (filling.size() == ROWS) {
            try {
                ready.put(new Chunk(filling, false, null));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Interrupted();
            }
            filling = new ArrayList<>(ROWS);
        }
    }

    /** What a caller does with the rows of one chunk. */
    interface Rows {
        void take(List<LearntFrom> rows);
    }

    /** Whether there is more. */
    boolean take(Rows rows) throws IOException, InterruptedException {
        Chunk chunk = ready.take();
        Throwable failure = chunk.failure();
        if (failure instanceof LinkageError error) {
            throw error;
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        rows.take(chunk.rows());
        return !chunk.last();
    }
}
