package dev.milvuso.benchmarks.cluster;

/** A server that Milvuso stands on. */
public interface Service extends AutoCloseable {
    /** As the server names it in {@code degraded} and {@code /health}. */
    String name();

    int port();

    /** As by {@code kill -9}. */
    void kill() throws Exception;

    /** After {@link #kill}, at the same address with the same data; returns when it answers. */
    void restart() throws Exception;

    /** By SIGSTOP: connections stay, and nothing is answered. */
    void freeze() throws Exception;

    /** By SIGCONT. */
    void thaw() throws Exception;

    @Override
    void close();
}
