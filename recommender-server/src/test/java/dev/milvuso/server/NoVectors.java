package dev.milvuso.server;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A vector store that never answers. */
final class NoVectors implements VectorStore {
    private static Unavailable away() {
        return new Unavailable("milvus", "the vector store is down", null);
    }

    @Override
    public void create(CollectionSchema schema) {
        throw away();
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        throw away();
    }

    @Override
    public void drop(String collection) {
        throw away();
    }

    @Override
    public void upsert(String collection, List<Entity> entities) {
        throw away();
    }

    @Override
    public List<Entity> get(String collection, Collection<String> ids) {
        throw away();
    }

    @Override
    public void delete(String collection, Collection<String> ids) {
        throw away();
    }

    @Override
    public List<Hit> search(String collection, SearchRequest request) {
        throw away();
    }

    @Override
    public long count(String collection) {
        throw away();
    }

    @Override
    public Health health() {
        return new Health.Down("it never answers");
    }

    @Override
    public void close() {}
}
