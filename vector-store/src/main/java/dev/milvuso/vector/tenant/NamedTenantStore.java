package dev.milvuso.vector.tenant;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The collections of a store whose names begin in one way.
 *
 * @param prefix of their names in the store
 * @param closes whether the store is closed with it
 */
record NamedTenantStore(VectorStore store, String prefix, boolean closes) implements TenantStore {
    private String real(String collection) {
        return prefix + Names.checked("collection", collection);
    }

    @Override
    public void create(CollectionSchema schema) {
        store.create(schema.renamed(real(schema.name())));
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        return store.describe(real(collection)).map(schema -> schema.renamed(collection));
    }

    @Override
    public List<String> list() {
        return store.list().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    @Override
    public void drop(String collection) {
        store.drop(real(collection));
    }

    @Override
    public void truncate(String collection) {
        store.truncate(real(collection));
    }

    @Override
    public List<Id> insert(String collection, List<Entity> entities) {
        return store.insert(real(collection), entities);
    }

    @Override
    public void upsert(String collection, List<Entity> entities) {
        store.upsert(real(collection), entities);
    }

    @Override
    public List<Entity> get(String collection, Collection<Id> keys, Output output) {
        return store.get(real(collection), keys, output);
    }

    @Override
    public List<Entity> query(String collection, QueryRequest request) {
        return store.query(real(collection), request);
    }

    @Override
    public Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        return store.iterate(real(collection), request, batch);
    }

    @Override
    public void deleteKeys(String collection, Collection<Id> keys) {
        store.deleteKeys(real(collection), keys);
    }

    @Override
    public void deleteWhere(String collection, Filter filter) {
        store.deleteWhere(real(collection), filter);
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        return store.searchAll(real(collection), request);
    }

    @Override
    public Optional<SearchProfile> profile(String collection, SearchRequest request) {
        return store.profile(real(collection), request);
    }

    @Override
    public boolean isCached(String collection, SearchRequest request) {
        return store.isCached(real(collection), request);
    }

    @Override
    public long count(String collection) {
        return store.count(real(collection));
    }

    @Override
    public long count(String collection, Filter filter) {
        return store.count(real(collection), filter);
    }

    @Override
    public void close() {
        if (closes) {
            store.close();
        }
    }
}
