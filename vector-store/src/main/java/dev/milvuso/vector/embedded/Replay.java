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
    private final ChangesSince changes;
    private final Deque<Future<Read>> ahead = new ArrayDeque<>();
    private long end;
    private final ExecutorService readers =
            Executors.newFixedThreadPool(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

    /** @param changes is told of every record */
    Replay(EmbeddedCatalogue catalogue, ChangesSince changes) {
        this.catalogue = catalogue;
        this.changes = changes;
    }

    /** @param end of it in the file */
    private record Read(JournalRecord record, long end) {}

    void take(byte[] record) {
        end += Journal.HEADER + record.length;
        long itsEnd = end;
        if (!JournalBytes.isOfRows(record)) {
            // What comes behind may be of a collection that this makes or renames.
            finish();
            apply(new Read(catalogue.parse(record), itsEnd));
            return;
        }
        ahead.add(readers.submit(() -> new Read(catalogue.parse(record), itsEnd)));
        if (ahead.size() > AHEAD) {
            apply(next());
        }
    }

    private void apply(Read read) {
        changes.take(read.record(), read.end());
        catalogue.apply(read.record());
    }

    void finish() {
        while (!ahead.isEmpty()) {
            apply(next());
        }
    }

    private Read next() {
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
