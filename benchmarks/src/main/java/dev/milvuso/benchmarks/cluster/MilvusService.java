package dev.milvuso.benchmarks.cluster;

import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.opentest4j.TestAbortedException;

/** A Milvus 2.3.5, as the tests of the vector store start it. */
final class MilvusService implements Service {
    /** What Milvus ships with: the 5 seconds of the tests are over before a server that was frozen goes on. */
    private static final String SESSION_SECONDS = "30";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final MilvusServer server;

    /** @throws IOException if this machine has no Python, or cannot get the package */
    MilvusService() throws IOException {
        try {
            server = MilvusServer.start("--session", SESSION_SECONDS);
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

    /** Milvus says that it is healthy before it has its collections at hand again. */
    @Override
    public void restart() throws InterruptedException {
        server.restart();
        long begin = System.nanoTime();
        try (VectorStore store = MilvusVectorStore.builder().uri(server.uri()).build()) {
            while (!answers(store)) {
                if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw new IllegalStateException("Milvus has not answered a query within " + PATIENCE.toSeconds()
                            + " s of its start after it was killed");
                }
                Thread.sleep(50);
            }
        }
    }

    private static boolean answers(VectorStore store) {
        try {
            int unused = store.list().stream()
                    .mapToInt(
                            name -> store.query(name, QueryRequest.everything().page(0, 1))
                                    .size())
                    .sum();
            return true;
        } catch (RuntimeException e) {
            return false; // as nothing is known of why, but that it does not answer yet
        }
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
