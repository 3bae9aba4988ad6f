package dev.milvuso.trainer.online;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A real store, in memory, behind a line that can be cut. */
final class SwitchableStore implements VectorStore {
    private final VectorStore store = EmbeddedVectorStore.inMemory();
    private volatile boolean down;

    void down(boolean isDown) {
        down = isDown;
    }

    private VectorStore reached() {
        if (down) {
            throw new Unavailable("milvus", "the line is cut", null);
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
        return down ? new Health.Down("the line is cut") : store.health();
    }

    @Override
    public void close() {
        store.close();
    }
}
