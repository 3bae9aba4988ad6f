package dev.milvuso.vector.tenant;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyBatches;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.check.EntityCheck;
import dev.milvuso.vector.check.RequestCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One tenant's rows of collections that all tenants share. */
final class SharedTenantStore implements TenantStore {
    private static final int KEYS_A_CALL = 1000;

    private final VectorStore store;
    private final TenantName tenant;
    private final boolean partitioned;

    /** @param partitioned whether new collections keep each tenant's rows in places of their own */
    SharedTenantStore(VectorStore store, TenantName tenant, boolean partitioned) {
        this.store = store;
        this.tenant = tenant;
        this.partitioned = partitioned;
    }

    /**
     * Looked up for each call: a collection that is not shared any more must not be written to as if it were.
     *
     * @throws IllegalArgumentException if there is no shared collection of that name
     */
    private SharedRows rows(String collection) {
        return describe(collection)
                .map(schema -> new SharedRows(tenant, schema))
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + collection));
    }

    @Override
    public void create(CollectionSchema schema) {
        store.create(SharedSchema.shared(schema, partitioned));
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        return store.describe(Names.checked("collection", collection)).flatMap(SharedSchema::own);
    }

    @Override
    public List<String> list() {
        return store.list().stream().filter(name -> describe(name).isPresent()).toList();
    }

    /** The collection is the others' too: it stays. */
    @Override
    public void drop(String collection) {
        describe(collection).ifPresent(there -> truncate(collection));
    }

    @Override
    public void truncate(String collection) {
        store.deleteWhere(collection, rows(collection).mine());
    }

    @Override
    public List<Id> insert(String collection, List<Entity> entities) {
        SharedRows rows = rows(collection);
        List<Entity> checked = new EntityCheck(rows.own()).inserted(entities);
        return store.insert(collection, checked.stream().map(rows::shared).toList()).stream()
                .map(rows::own)
                .toList();
    }

    @Override
    public void upsert(String collection, List<Entity> entities) {
        SharedRows rows = rows(collection);
        List<Entity> checked = new EntityCheck(rows.own()).upserted(entities);
        store.upsert(collection, checked.stream().map(rows::shared).toList());
    }

    @Override
    public List<Entity> get(String collection, Collection<Id> keys, Output output) {
        SharedRows rows = rows(collection);
        new EntityCheck(rows.own()).ids(keys);
        new RequestCheck(rows.own()).query(QueryRequest.everything().output(output));
        List<Entity> found = new ArrayList<>();
        for (List<Id> part : new KeyBatches(keys, KEYS_A_CALL).all()) {
            QueryRequest request = QueryRequest.where(rows.keys(part)).output(output);
            store.query(collection, request).stream().map(rows::own).forEach(found::add);
        }
        return found;
    }

    private static QueryRequest shared(SharedRows rows, QueryRequest request) {
        new RequestCheck(rows.own()).query(request);
        return new QueryRequest(
                Optional.of(rows.mine(request.filter())),
                request.output(),
                request.partitions(),
                request.offset(),
                request.limit());
    }

    @Override
    public List<Entity> query(String collection, QueryRequest request) {
        SharedRows rows = rows(collection);
        return store.query(collection, shared(rows, request)).stream()
                .map(rows::own)
                .toList();
    }

    @Override
    public Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        SharedRows rows = rows(collection);
        Iterator<List<Entity>> batches = store.iterate(collection, shared(rows, request), batch);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public List<Entity> next() {
                return batches.next().stream().map(rows::own).toList();
            }
        };
    }

    @Override
    public void deleteKeys(String collection, Collection<Id> keys) {
        SharedRows rows = rows(collection);
        new EntityCheck(rows.own()).ids(keys);
        new KeyBatches(keys, KEYS_A_CALL).delete(part -> store.deleteWhere(collection, rows.keys(part)));
    }

    @Override
    public void deleteWhere(String collection, Filter filter) {
        SharedRows rows = rows(collection);
        new RequestCheck(rows.own()).filter(filter);
        store.deleteWhere(collection, rows.mine(filter));
    }

    private static SearchRequest shared(SharedRows rows, SearchRequest request) {
        new RequestCheck(rows.own()).search(request);
        return new SearchRequest(
                request.queries(),
                request.vectorField(),
                request.k(),
                request.offset(),
                Optional.of(rows.mine(request.filter())),
                request.exclude().stream().map(rows::shared).collect(Collectors.toSet()),
                request.output(),
                request.groupBy(),
                request.range(),
                request.partitions(),
                request.parameters());
    }

    @Override
    public Optional<SearchProfile> profile(String collection, SearchRequest request) {
        return store.profile(collection, shared(rows(collection), request));
    }

    @Override
    public boolean isCached(String collection, SearchRequest request) {
        return store.isCached(collection, shared(rows(collection), request));
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        SharedRows rows = rows(collection);
        return store.searchAll(collection, shared(rows, request)).stream()
                .map(hits -> hits.stream().map(rows::own).toList())
                .toList();
    }

    @Override
    public long count(String collection) {
        return store.count(collection, rows(collection).mine());
    }

    @Override
    public long count(String collection, Filter filter) {
        SharedRows rows = rows(collection);
        new RequestCheck(rows.own()).filter(filter);
        return store.count(collection, rows.mine(filter));
    }

    @Override
    public void close() {
        // The store is everybody's.
    }
}
