package dev.milvuso.component;

/**
 * A part that runs. Constructing it does no I/O; {@link #start} connects and begins, {@link #close} ends in good order
 * and may be called at any time, more than once.
 */
public interface Component extends AutoCloseable {
    /** In lower case, as in the log and in {@code GET /health}. */
    String name();

    /** @throws Unavailable if something it cannot do without does not answer */
    void start();

    Health health();

    @Override
    void close();
}
