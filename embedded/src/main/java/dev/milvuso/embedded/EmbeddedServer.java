package dev.milvuso.embedded;

/** A server that this process runs, inside it or as its child. */
interface EmbeddedServer extends AutoCloseable {
    /** For messages. */
    String name();

    /** Returns when it answers. May be called again after it has died. */
    void start();

    /** Whether it has ended since its start without being closed; one that does not answer has not. */
    boolean hasDied();

    @Override
    void close();
}
