package dev.milvuso.standalone.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What has become of the entries so far, told by the connections as they go. Safe for use by many threads. */
public final class Outcome {
    private static final int SAID = 20;

    private final Writer acknowledged;
    private final Consumer<String> notices;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private long actions;
    private long items;
    private long rejected;
    private long skipped;

    /**
     * How many there are of each.
     *
     * @param actions that the server has taken
     * @param items that the server has taken
     * @param rejected entries that the server has refused
     * @param skipped lines that could not be read
     */
    public record Counts(long actions, long items, long rejected, long skipped) {
        public long accepted() {
            return actions + items;
        }
    }

    /**
     * @param acknowledged gets the event ids, one a line, once they are
     * @param notices is told what was refused, the first of it
     */
    public Outcome(Writer acknowledged, Consumer<String> notices) {
        this.acknowledged = acknowledged;
        this.notices = notices;
    }

    synchronized void taken(Kind kind, int count, List<String> eventIds) {
        if (kind == Kind.ITEM) {
            items += count;
            return;
        }
        actions += count;
        try {
            for (String id : eventIds) {
                acknowledged.write(id + "\n");
            }
            // At once: what was acknowledged must be known after a crash of this process, too.
            acknowledged.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the file of acknowledged ids cannot be written: " + e.getMessage(), e);
        }
    }

    synchronized void rejected(String message) {
        rejected++;
        if (rejected <= SAID) {
            notices.accept("rejected: " + message);
        }
        if (rejected == SAID) {
            notices.accept("rejected: further lines are counted and no longer named");
        }
    }

    synchronized void skipped(long lines) {
        skipped += lines;
    }

    /** Keeps the first failure; everybody stops then. */
    void failed(RuntimeException e) {
        failure.compareAndSet(null, e);
    }

    boolean hasFailed() {
        return failure.get() != null;
    }

    void throwFailure() {
        RuntimeException e = failure.get();
        if (e != null) {
            throw e;
        }
    }

    public synchronized Counts counts() {
        return new Counts(actions, items, rejected, skipped);
    }
}
