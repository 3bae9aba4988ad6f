package dev.milvuso.server;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The embedded store, and a switch that takes it away. */
final class SwitchedStore implements VectorStore {
    private final VectorStore store = EmbeddedVectorStore.inMemory();
    private volatile boolean away;
    private volatile @Nullable CountDownLatch hanging;

    SwitchedStore() {
        List<Field> fields = List.of(new Field("model_version", Field.Type.TEXT));
        store.create(new CollectionSchema("milvuso_users", 2, Metric.INNER_PRODUCT, fields));
        store.create(new CollectionSchema("milvuso_items", 2, Metric.INNER_PRODUCT, fields));
    }

    void goAway() {
        away = true;
    }

    void hang() {
        hanging = new CountDownLatch(1);
    }

    void comeBack() {
        away = false;
        CountDownLatch waiting = hanging;
        hanging = null;
        if (waiting != null) {
            waiting.countDown();
        }
    }

    /** As the trainer writes it. */
    void user(String id, float... vector) {
        store.upsert(
                "milvuso_users",
                List.of(new Entity(id, vector, Map.of("model_version", ServerFixture.VERSION.value()))));
    }

    private VectorStore reached() {
        CountDownLatch waiting = hanging;
        try {
            if (waiting != null) {
                waiting.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("milvus", "interrupted", e);
        }
        if (away) {
            throw new Unavailable("milvus", "the vector store is down", null);
        }
        return store;
    }

    @Override
    public void create(CollectionSchema schema) {
        reached().create(schema);
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        return reached().describe(collection);
    }

    @Override
    public void drop(String collection) {
        reached().drop(collection);
    }

    @Override
    public void upsert(String collection, List<Entity> entities) {
        reached().upsert(collection, entities);
    }

    @Override
    public List<Entity> get(String collection, Collection<String> ids) {
        return reached().get(collection, ids);
    }

    @Override
    public void delete(String collection, Collection<String> ids) {
        reached().delete(collection, ids);
    }

    @Override
    public List<Hit> search(String collection, SearchRequest request) {
        return reached().search(collection, request);
    }

    @Override
    public long count(String collection) {
        return reached().count(collection);
    }

    @Override
    public Health health() {
        return away || hanging != null ? new Health.Down("it is switched off") : store.health();
    }

    @Override
    public void close() {
        store.close();
    }
}
