package dev.milvuso.server.http;

import dev.milvuso.vector.RichCollectionContract;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import dev.milvuso.vector.rest.RestVectorStore;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of collections of any schema, through REST to a real Milvus and back. */
final class RestOnMilvusIT extends RichCollectionContract {
    private static @Nullable VectorStore store;
    private static @Nullable HttpFixture server;

    @BeforeAll
    static void start() {
        store = new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
        server = new HttpFixture(store, "server.max_body_bytes=4194304");
    }

    @AfterAll
    static void stop() {
        // Neither is there if this machine has no Milvus, which skips the tests.
        if (server != null) {
            server.close();
        }
        if (store != null) {
            store.close();
        }
    }

    @Override
    protected VectorStore open() {
        return new RestVectorStore(
                URI.create("http://127.0.0.1:" + Objects.requireNonNull(server).port()), Duration.ofSeconds(60));
    }
}
