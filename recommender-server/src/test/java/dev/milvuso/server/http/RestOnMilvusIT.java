package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.RichCollectionContract;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import dev.milvuso.vector.rest.RestVectorStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
                URI.create("http://127.0.0.1:" + Objects.requireNonNull(server).port()), Duration.ofMinutes(1));
    }

    @Test
    void anotherDatabaseHasItsOwnCollections() throws Exception {
        String database = "rest_" + UUID.randomUUID().toString().replace('-', '_');
        try (VectorStore first = open();
                VectorStore other = first.database(database)) {
            assertThatIllegalArgumentException().isThrownBy(other::list).withMessageContaining(database);
            first.createDatabase(database);
            assertThat(first.databases()).contains("default", database);
            other.create(new CollectionSchema("here", 2, Metric.COSINE, List.of()));
            other.upsert("here", List.of(new Entity("a", new float[] {1, 0}, Map.of())));
            assertThat(other.search("here", SearchRequest.nearest(new float[] {1, 0}, 5)))
                    .hasSize(1);
            assertThat(first.list()).doesNotContain("here");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> first.dropDatabase(database))
                    .withMessageContaining(database);
            other.drop("here");
            first.dropDatabase(database);
            assertThat(first.databases()).doesNotContain(database);
        }
    }
}
