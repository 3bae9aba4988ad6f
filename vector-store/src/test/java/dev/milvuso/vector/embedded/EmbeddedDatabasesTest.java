package dev.milvuso.vector.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases of this process, each with collections of its own, as a server's are. */
final class EmbeddedDatabasesTest {
    private static final CollectionSchema SCHEMA = new CollectionSchema("mine", 2, Metric.COSINE, List.of());

    @TempDir
    Path folder;

    private static void assertApart(VectorStore store) {
        store.createDatabase("other");
        store.createDatabase("other");
        assertThat(store.databases()).containsExactly("default", "other");
        try (VectorStore other = store.database("other")) {
            other.create(SCHEMA);
            other.upsert("mine", List.of(new Entity("a", new float[] {1, 0}, Map.of())));
            other.createAlias("named", "mine");
            assertThat(other.list()).containsExactly("mine");
            assertThat(other.count("named")).isEqualTo(1);
            assertThat(other.databases()).containsExactly("default", "other");
            assertThat(other.database("default").list()).isEmpty();
            assertThat(store.list()).isEmpty();
            assertThat(store.describe("mine")).isEmpty();
        }
    }

    private static void assertDropped(VectorStore store) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.dropDatabase("other"))
                .withMessage("database other has the collections [mine]: drop them first");
        try (VectorStore other = store.database("other")) {
            other.dropAlias("named");
            other.drop("mine");
        }
        store.dropDatabase("other");
        store.dropDatabase("other");
        assertThat(store.databases()).containsExactly("default");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.database("other"))
                .withMessage("there is no database other");
        assertThatIllegalArgumentException().isThrownBy(() -> store.dropDatabase("default"));
    }

    @Test
    void inMemoryTheyAreMadeListedUsedAndDropped() {
        try (VectorStore store = EmbeddedVectorStore.inMemory()) {
            assertApart(store);
            assertDropped(store);
        }
    }

    @Test
    void onDiskTheyAreThereAfterReopening() {
        try (VectorStore store = EmbeddedVectorStore.in(folder)) {
            assertApart(store);
        }
        try (VectorStore store = EmbeddedVectorStore.in(folder)) {
            assertThat(store.databases()).containsExactly("default", "other");
            assertThat(store.database("other").count("named")).isEqualTo(1);
            assertDropped(store);
        }
        assertThat(folder.resolve("databases").resolve("other")).doesNotExist();
    }

    @Test
    void aNameThatLeadsElsewhereIsRefused() {
        try (VectorStore store = EmbeddedVectorStore.in(folder)) {
            for (String name : List.of("../up", "", "a/b", ".")) {
                assertThatIllegalArgumentException().isThrownBy(() -> store.createDatabase(name));
                assertThatIllegalArgumentException().isThrownBy(() -> store.database(name));
                store.dropDatabase(name);
            }
        }
    }
}
