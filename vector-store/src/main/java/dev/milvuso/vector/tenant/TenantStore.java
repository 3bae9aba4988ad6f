package dev.milvuso.vector.tenant;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What {@link dev.milvuso.vector.VectorStore} offers, of one tenant's rows: nothing that is asked here finds, counts,
 * changes or deletes another's. Names of collections are the tenant's own words. Safe for use by many threads; calls
 * fail as the store's do.
 */
public interface TenantStore extends AutoCloseable {
    void create(CollectionSchema schema);

    Optional<CollectionSchema> describe(String collection);

    List<String> list();

    /** With the tenant's rows. */
    void drop(String collection);

    /** Deletes the tenant's rows. */
    void truncate(String collection);

    List<Id> insert(String collection, List<Entity> entities);

    void upsert(String collection, List<Entity> entities);

    List<Entity> get(String collection, Collection<Id> keys, Output output);

    List<Entity> query(String collection, QueryRequest request);

    Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch);

    void deleteKeys(String collection, Collection<Id> keys);

    void deleteWhere(String collection, Filter filter);

    List<List<Hit>> searchAll(String collection, SearchRequest request);

    Optional<SearchProfile> profile(String collection, SearchRequest request);

    boolean isCached(String collection, SearchRequest request);

    long count(String collection);

    long count(String collection, Filter filter);

    @Override
    void close();
}
