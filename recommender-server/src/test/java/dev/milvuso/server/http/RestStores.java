package dev.milvuso.server.http;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.rest.RestVectorStore;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Of a class of tests: a server over an embedded store, and clients of it. */
final class RestStores implements BeforeAllCallback, AfterAllCallback {
    private final VectorStore store = EmbeddedVectorStore.inMemory();
    private @Nullable HttpFixture server;

    @Override
    public void beforeAll(ExtensionContext tests) {
        server = new HttpFixture(store, "server.max_body_bytes=4194304");
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        Objects.requireNonNull(server).close();
        store.close();
    }

    VectorStore open() {
        return new RestVectorStore(
                URI.create("http://127.0.0.1:" + Objects.requireNonNull(server).port()), Duration.ofSeconds(30));
    }
}
