package dev.milvuso.vector.tenant;

import dev.milvuso.component.Health;
import dev.milvuso.vector.BackendInfo;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.PartitionState;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.check.CollectionCheck;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A tenant's part of a store, as a store; what tenants do not have is refused with a sentence. */
final class TenantVectorStore implements VectorStore {
    /** In messages. */
    static final String NAME = "a tenant";

    private final TenantStore tenant;
    private final VectorStore store;

    /** @param store of the tenant, for what is everybody's alike; stays the caller's */
    TenantVectorStore(TenantStore tenant, VectorStore store) {
        this.tenant = tenant;
        this.store = store;
    }

    private static UnsupportedOperationException none(Feature feature) {
        return feature.missing(NAME);
    }

    @Override
    public Set<Feature> features() {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        features.addAll(store.features());
        features.removeAll(Feature.OF_WHOLE_STORES);
        features.removeAll(Set.of(Feature.PARTITION_LOADING, Feature.RESOURCE_STATISTICS));
        return Set.copyOf(features);
    }

    @Override
    public BackendInfo backendInfo() {
        BackendInfo info = store.backendInfo();
        return new BackendInfo(info.name(), info.version(), features());
    }

    @Override
    public void create(CollectionSchema schema) {
        tenant.create(schema);
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        return tenant.describe(collection);
    }

    @Override
    public List<String> list() {
        return tenant.list();
    }

    @Override
    public void rename(String collection, String name) {
        throw none(Feature.RENAME);
    }

    @Override
    public void drop(String collection) {
        tenant.drop(collection);
    }

    @Override
    public void truncate(String collection) {
        tenant.truncate(collection);
    }

    @Override
    public void load(String collection) {
        throw none(Feature.LOADING);
    }

    @Override
    public void release(String collection) {
        throw none(Feature.LOADING);
    }

    @Override
    public CollectionStatistics statistics(String collection) {
        return new CollectionStatistics(
                tenant.count(collection),
                true,
                List.of(new PartitionState(CollectionCheck.DEFAULT_PARTITION, true)),
                List.of(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of());
    }

    /** None, where all that is asked is which there are. */
    @Override
    public Indexes indexes(String collection) {
        return new NoIndexes();
    }

    @Override
    public void createAlias(String alias, String collection) {
        throw none(Feature.ALIASES);
    }

    @Override
    public void alterAlias(String alias, String collection) {
        throw none(Feature.ALIASES);
    }

    @Override
    public void dropAlias(String alias) {
        throw none(Feature.ALIASES);
    }

    @Override
    public List<String> aliases(String collection) {
        return List.of();
    }

    @Override
    public void createPartition(String collection, String partition) {
        throw none(Feature.PARTITIONS);
    }

    @Override
    public void dropPartition(String collection, String partition) {
        throw none(Feature.PARTITIONS);
    }

    @Override
    public List<String> partitions(String collection) {
        return List.of(CollectionCheck.DEFAULT_PARTITION);
    }

    @Override
    public void loadPartition(String collection, String partition) {
        throw none(Feature.PARTITIONS);
    }

    @Override
    public void releasePartition(String collection, String partition) {
        throw none(Feature.PARTITIONS);
    }

    private static void refusePartition(Optional<String> partition) {
        if (partition.isPresent()) {
            throw none(Feature.PARTITIONS);
        }
    }

    @Override
    public List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        refusePartition(partition);
        return tenant.insert(collection, entities);
    }

    @Override
    public void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        refusePartition(partition);
        tenant.upsert(collection, entities);
    }

    @Override
    public List<Entity> get(String collection, Collection<Id> keys, Output output) {
        return tenant.get(collection, keys, output);
    }

    @Override
    public List<Entity> query(String collection, QueryRequest request) {
        return tenant.query(collection, request);
    }

    @Override
    public Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        return tenant.iterate(collection, request, batch);
    }

    @Override
    public void deleteKeys(String collection, Collection<Id> keys) {
        tenant.deleteKeys(collection, keys);
    }

    @Override
    public void deleteWhere(String collection, Filter filter) {
        tenant.deleteWhere(collection, filter);
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        return tenant.searchAll(collection, request);
    }

    @Override
    public Optional<SearchProfile> profile(String collection, SearchRequest request) {
        return tenant.profile(collection, request);
    }

    @Override
    public boolean isCached(String collection, SearchRequest request) {
        return tenant.isCached(collection, request);
    }

    @Override
    public long count(String collection) {
        return tenant.count(collection);
    }

    @Override
    public long count(String collection, Filter filter) {
        return tenant.count(collection, filter);
    }

    @Override
    public List<String> databases() {
        throw none(Feature.DATABASES);
    }

    @Override
    public void createDatabase(String database) {
        throw none(Feature.DATABASES);
    }

    @Override
    public void dropDatabase(String database) {
        throw none(Feature.DATABASES);
    }

    @Override
    public VectorStore database(String database) {
        throw none(Feature.DATABASES);
    }

    @Override
    public Health health() {
        return store.health();
    }

    @Override
    public void close() {
        tenant.close();
    }
}
