package dev.milvuso.embedded;

/** A server that this process runs, inside it or as its child. */
interface EmbeddedServer extends AutoCloseable {
    /** For messages. */
    String name();

    /** Returns when it answers. May be called again after it has died. */
    void start();

    /** False if it has died; one that does not answer is not dead. */
    boolean isAlive();

    @Override
    void close();
}
