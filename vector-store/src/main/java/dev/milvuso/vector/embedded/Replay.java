package dev.milvuso.vector.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does what a journal's records say, in their order. Those of rows, which are nearly all, are read by other threads
 * ahead of that. For one thread, once.
 */
final class Replay implements AutoCloseable {
    /** Records of up to 1,000 rows each. */
    private static final int AHEAD = 32;

    private final EmbeddedCatalogue catalogue;
    private final Deque<Future<JournalRecord>> ahead = new ArrayDeque<>();
    private final ExecutorService readers =
            Executors.newFixedThreadPool(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

    Replay(EmbeddedCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    void take(byte[] record) {
        if (!JournalRecord.isOfRows(record)) {
            // What comes behind may be of a collection that this makes or renames.
            finish();
            catalogue.apply(record);
            return;
        }
        ahead.add(readers.submit(() -> catalogue.parse(record)));
        if (ahead.size() > AHEAD) {
            catalogue.apply(next());
        }
    }

    void finish() {
        while (!ahead.isEmpty()) {
            catalogue.apply(next());
        }
    }

    private JournalRecord next() {
        try {
            return ahead.remove().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a record of the vector store's file cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the vector store's file was read", e);
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
