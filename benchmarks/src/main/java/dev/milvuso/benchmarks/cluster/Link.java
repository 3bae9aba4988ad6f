package dev.milvuso.benchmarks.cluster;

import java.io.IOException;
import java.time.Duration;

/** A TCP proxy on loopback in front of a server. */
public interface Link extends AutoCloseable {
    int port();

    /** From now on answers come so much later; zero ends it. */
    void delay(Duration delay) throws IOException;

    @Override
    void close();
}
