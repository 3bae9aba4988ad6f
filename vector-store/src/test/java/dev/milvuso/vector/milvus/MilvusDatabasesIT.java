package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Databases of a server, each with collections of its own. */
final class MilvusDatabasesIT {
    private final String name = "db_" + UUID.randomUUID().toString().replace('-', '_');

    @Test
    void databasesAreMadeListedUsedAndDropped() {
        CollectionSchema schema = new CollectionSchema(name, 2, Metric.COSINE, List.of());
        try (VectorStore store = new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"))) {
            store.createDatabase(name);
            store.createDatabase(name);
            assertThat(store.databases()).contains("default", name);
            try (VectorStore other = store.database(name)) {
                other.create(schema);
                other.upsert(name, List.of(new Entity("a", new float[] {1, 0}, Map.of())));
                assertThat(other.list()).containsExactly(name);
                other.createAlias(name + "_alias", name);
                assertThat(other.aliases(name)).containsExactly(name + "_alias");
                assertThat(other.count(name + "_alias")).isEqualTo(1);
                assertThat(store.describe(name + "_alias")).isEmpty();
                other.dropAlias(name + "_alias");
                assertThat(other.count(name)).isEqualTo(1);
                assertThat(store.list()).doesNotContain(name);
                assertThat(store.describe(name)).isEmpty();
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> store.dropDatabase(name))
                        .withMessageContaining(name);
                other.drop(name);
            }
            store.dropDatabase(name);
            store.dropDatabase(name);
            assertThat(store.databases()).doesNotContain(name);
        }
    }
}
