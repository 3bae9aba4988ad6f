package dev.milvuso.vector;

import dev.milvuso.component.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The indexes of one collection, one a field at most. Building goes on behind the calls, and writes and searches beside
 * it. A new collection has an index for each vector, of the store's choice.
 */
public interface Indexes {
    /**
     * Begins to build an index of a field that has none, or does nothing if it has just this one.
     *
     * @throws IllegalArgumentException if there is no such field, it cannot have such an index, or has another
     * @throws UnsupportedOperationException if the store has no such index
     */
    void create(String field, IndexSpec spec);

    /**
     * Takes an index away, or does nothing if there is none. That of a vector releases the collection, which can be
     * loaded again once the vector has one; that of another field may take the collection away for a moment.
     */
    void drop(String field);

    /**
     * Builds an index in place of the one that is there, if any. Afterwards the collection is loaded if it was before;
     * meanwhile it may not be.
     */
    void replace(String field, IndexSpec spec);

    /**
     * Builds the index anew as it is.
     *
     * @throws IllegalArgumentException if the field has none
     */
    default void rebuild(String field) {
        replace(
                field,
                describe(field)
                        .orElseThrow(() -> new IllegalArgumentException("field " + field + " has no index to rebuild"))
                        .spec());
    }

    /** @throws IllegalArgumentException if there is no such field */
    Optional<IndexDescription> describe(String field);

    /** In the order of the fields' names. */
    List<IndexDescription> list();

    /**
     * Until the rows that were there are in the index; of those written since, some may be pending.
     *
     * @throws IllegalArgumentException if the field has none
     * @throws IllegalStateException saying why it could not be built
     * @throws Unavailable if it is not ready in time
     */
    default IndexDescription await(String field, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        for (long pause = 5; ; pause = Math.min(200, 2 * pause)) {
            IndexDescription now = describe(field)
                    .orElseThrow(() -> new IllegalArgumentException("field " + field + " has no index to wait for"));
            if (now.state() == IndexDescription.State.READY) {
                return now;
            }
            if (now.state() == IndexDescription.State.FAILED) {
                throw new IllegalStateException("the index of field " + field + " could not be built: "
                        + now.failure().orElse("the store does not say why"));
            }
            if (System.nanoTime() - end > 0) {
                throw new Unavailable(
                        "milvus",
                        "the index of field " + field + " was not ready after " + timeout.toMillis() + " ms: "
                                + now.rowsPending() + " rows are left",
                        null);
            }
            pause(pause);
        }
    }

    private static void pause(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("milvus", "interrupted while waiting for an index", e);
        }
    }
}
