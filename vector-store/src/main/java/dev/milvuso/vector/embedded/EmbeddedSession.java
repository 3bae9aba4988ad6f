package dev.milvuso.vector.embedded;

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

    void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException(NAME + " is closed");
        }
    }
}
