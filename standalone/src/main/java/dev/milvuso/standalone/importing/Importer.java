package dev.milvuso.standalone.importing;

import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Deals the entries of some files out to connections by user, so that the actions of one user keep their order, and
 * keeps the connections close together in the files, so that all of it stays roughly in order. What waits in memory is
 * bounded by a few arrays a connection. For one run.
 */
public final class Importer {
    private static final int ARRAY = 1000;

    private final DataFormat format;
    private final OnError onError;
    private final Outcome outcome;
    private final List<Connection> connections = new ArrayList<>();
    private int waiting;
    private final AtomicLong bytesBefore = new AtomicLong();
    private volatile @Nullable Entries current;

    /** @param connections at least 1 */
    public Importer(DataFormat format, OnError onError, Poster poster, Outcome outcome, int connections) {
        this.format = format;
        this.onError = onError;
        this.outcome = outcome;
        for (int i = 0; i < connections; i++) {
            this.connections.add(new Connection(poster, outcome, onError, "import-" + i));
        }
    }

    /**
     * Returns when the server has taken everything.
     *
     * @throws IllegalArgumentException naming file and line, if something is wrong with the data
     * @throws IllegalStateException in one sentence, if the server does not take them
     */
    public void run(List<Path> files) throws InterruptedException {
        connections.forEach(Connection::start);
        try {
            for (Path file : files) {
                read(file);
            }
            flush();
            for (Connection connection : connections) {
                connection.finish();
            }
        } finally {
            connections.forEach(Connection::abandon);
        }
        outcome.throwFailure();
    }

    private void read(Path file) throws InterruptedException {
        try (Entries entries = Entries.open(file, format, onError)) {
            current = entries;
            for (Entry next = entries.next(); next != null && !outcome.hasFailed(); next = entries.next()) {
                deal(next);
            }
            outcome.skipped(entries.skipped());
            current = null;
            bytesBefore.addAndGet(entries.bytesRead());
        }
    }

    /** How much of the files as they lie on disk has been read; may be asked by any thread. */
    public long bytesRead() {
        Entries open = current;
        return bytesBefore.get() + (open == null ? 0 : open.bytesRead());
    }

    private void deal(Entry entry) throws InterruptedException {
        Connection connection = connections.get(Math.floorMod(entry.key().hashCode(), connections.size()));
        waiting++;
        if (connection.add(entry) >= ARRAY || waiting >= ARRAY * connections.size()) {
            flush();
        }
    }

    /** All of them at once: a connection with few users would otherwise fall far behind the others. */
    private void flush() throws InterruptedException {
        for (Connection connection : connections) {
            connection.flush();
        }
        waiting = 0;
    }
}
