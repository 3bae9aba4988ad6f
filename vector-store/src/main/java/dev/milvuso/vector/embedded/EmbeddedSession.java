package dev.milvuso.vector.embedded;

import java.util.Set;

/** The collections of a store for as long as it is open. */
final class EmbeddedSession {
    static final String NAME = "the embedded vector store";

    private final EmbeddedCatalogue catalogue;
    private volatile boolean closed;

    EmbeddedSession(EmbeddedCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    EmbeddedCatalogue catalogue() {
        refuseIfClosed();
        return catalogue;
    }

    boolean isClosed() {
        return closed;
    }

    /** From now on every call is refused. */
    void close() {
        closed = true;
    }

    EmbeddedCollection collection(String collection) {
        refuseIfClosed();
        return catalogue
                .find(collection)
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + collection));
    }

    EmbeddedCollection readable(String collection) {
        EmbeddedCollection it = collection(collection);
        if (!it.isLoaded()) {
            throw new IllegalArgumentException("collection " + collection + " is not loaded: load it first");
        }
        return it;
    }

    void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException(NAME + " is closed");
        }
    }

    static void checkPartitions(EmbeddedCollection it, Set<String> partitions) {
        for (String partition : partitions) {
            if (!it.partitions().contains(partition)) {
                throw new IllegalArgumentException(
                        "collection " + it.schema().name() + " has no partition " + partition);
            }
        }
    }
}
