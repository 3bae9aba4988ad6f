package dev.milvuso.benchmarks.cluster;

import dev.milvuso.vector.milvus.MilvusServer;
import java.io.IOException;
import java.net.URI;
import org.opentest4j.TestAbortedException;

/** A Milvus 2.3.5, as the tests of the vector store start it. */
final class MilvusService implements Service {
    private final MilvusServer server;

    /** @throws IOException if this machine has no Python, or cannot get the package */
    MilvusService() throws IOException {
        try {
            server = MilvusServer.start();
        } catch (TestAbortedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return "milvus";
    }

    @Override
    public int port() {
        return URI.create(server.uri()).getPort();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void restart() {
        server.restart();
    }

    @Override
    public void freeze() {
        server.halt();
    }

    @Override
    public void thaw() {
        server.goOn();
    }

    @Override
    public void close() {
        server.close();
    }
}
