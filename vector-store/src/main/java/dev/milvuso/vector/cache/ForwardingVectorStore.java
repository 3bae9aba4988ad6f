package dev.milvuso.vector.cache;

import dev.milvuso.component.Health;
import dev.milvuso.vector.BackendInfo;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.CollectionState;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Passes every call on to another store, which it closes with itself. */
public abstract class ForwardingVectorStore implements VectorStore {
    private final VectorStore store;

    protected ForwardingVectorStore(VectorStore store) {
        this.store = store;
    }

    @Override
    public Set<Feature> features() {
        return store.features();
    }

    @Override
    public BackendInfo backendInfo() {
        return store.backendInfo();
    }

    @Override
    public void create(CollectionSchema schema) {
        store.create(schema);
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        return store.describe(collection);
    }

    @Override
    public List<String> list() {
        return store.list();
    }

    @Override
    public void rename(String collection, String name) {
        store.rename(collection, name);
    }

    @Override
    public void drop(String collection) {
        store.drop(collection);
    }

    @Override
    public void truncate(String collection) {
        store.truncate(collection);
    }

    @Override
    public void load(String collection) {
        store.load(collection);
    }

    @Override
    public void release(String collection) {
        store.release(collection);
    }

    @Override
    public CollectionStatistics statistics(String collection) {
        return store.statistics(collection);
    }

    @Override
    public CollectionState state(String collection) {
        return store.state(collection);
    }

    @Override
    public Indexes indexes(String collection) {
        return store.indexes(collection);
    }

    @Override
    public void createAlias(String alias, String collection) {
        store.createAlias(alias, collection);
    }

    @Override
    public void alterAlias(String alias, String collection) {
        store.alterAlias(alias, collection);
    }

    @Override
    public void dropAlias(String alias) {
        store.dropAlias(alias);
    }

    @Override
    public List<String> aliases(String collection) {
        return store.aliases(collection);
    }

    @Override
    public void createPartition(String collection, String partition) {
        store.createPartition(collection, partition);
    }

    @Override
    public void dropPartition(String collection, String partition) {
        store.dropPartition(collection, partition);
    }

    @Override
    public List<String> partitions(String collection) {
        return store.partitions(collection);
    }

    @Override
    public void loadPartition(String collection, String partition) {
        store.loadPartition(collection, partition);
    }

    @Override
    public void releasePartition(String collection, String partition) {
        store.releasePartition(collection, partition);
    }

    @Override
    public List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        return store.insert(collection, partition, entities);
    }

    @Override
    public void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        store.upsert(collection, partition, entities);
    }

    @Override
    public List<Entity> get(String collection, Collection<Id> keys, Output output) {
        return store.get(collection, keys, output);
    }

    @Override
    public List<Entity> query(String collection, QueryRequest request) {
        return store.query(collection, request);
    }

    @Override
    public Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        return store.iterate(collection, request, batch);
    }

    @Override
    public void deleteKeys(String collection, Collection<Id> keys) {
        store.deleteKeys(collection, keys);
    }

    @Override
    public void deleteWhere(String collection, Filter filter) {
        store.deleteWhere(collection, filter);
    }

    @Override
    public Optional<SearchProfile> profile(String collection, SearchRequest request) {
        return store.profile(collection, request);
    }

    @Override
    public boolean isCached(String collection, SearchRequest request) {
        return store.isCached(collection, request);
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        return store.searchAll(collection, request);
    }

    @Override
    public long count(String collection) {
        return store.count(collection);
    }

    @Override
    public long count(String collection, Filter filter) {
        return store.count(collection, filter);
    }

    @Override
    public List<String> databases() {
        return store.databases();
    }

    @Override
    public void createDatabase(String database) {
        store.createDatabase(database);
    }

    @Override
    public void dropDatabase(String database) {
        store.dropDatabase(database);
    }

    @Override
    public VectorStore database(String database) {
        return store.database(database);
    }

    @Override
    public Health health() {
        return store.health();
    }

    @Override
    public void close() {
        store.close();
    }
}
