package dev.milvuso.server.http;

import dev.milvuso.vector.MergedSearchContract;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.rest.RestVectorStore;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of hybrid searches and of searches by pages, through REST and back. */
final class RestMergedSearchTest extends MergedSearchContract {
    private static final VectorStore STORE = EmbeddedVectorStore.inMemory();
    private static @Nullable HttpFixture server;

    @BeforeAll
    static void start() {
        server = new HttpFixture(STORE, "server.max_body_bytes=4194304");
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(server).close();
        STORE.close();
    }

    @Override
    protected VectorStore open() {
        return new RestVectorStore(
                URI.create("http://127.0.0.1:" + Objects.requireNonNull(server).port()), Duration.ofSeconds(30));
    }
}
