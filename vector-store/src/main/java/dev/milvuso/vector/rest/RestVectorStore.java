package dev.milvuso.vector.rest;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.BackendInfo;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.CollectionState;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Explanation;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.HybridExplanation;
import dev.milvuso.vector.HybridSearchRequest;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.cache.SlowQueries.SlowQuery;
import dev.milvuso.vector.json.BackendJson;
import dev.milvuso.vector.json.JsonInput;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The vector store that a running server has, by its {@code /collections}. */
public final class RestVectorStore implements VectorStore {
    private final RestCollections collections = new RestCollections(this::connection);
    private final RestEntities rows = new RestEntities(this::connection, collections);
    private final RestConnection connection;

    private volatile boolean closed;

    /**
     * Connects to nothing yet.
     *
     * @param url such as {@code http://127.0.0.1:8080}
     * @param timeout of a request; a call may need several
     */
    public RestVectorStore(URI url, Duration timeout) {
        this(RestConnection.to(url, timeout));
    }

    private RestVectorStore(RestConnection connection) {
        this.connection = connection;
    }

    private RestConnection connection() {
        if (closed) {
            throw new IllegalStateException("the vector store is closed");
        }
        return connection;
    }

    /** The latest searches by {@code /collections} that the server found slow, the newest first. */
    public List<SlowQuery> slowSearches() {
        return connection()
                .withoutDatabase()
                .get("/collections/slow-searches")
                .get("searches")
                .elements(Integer.MAX_VALUE)
                .stream()
                .map(RestVectorStore::slow)
                .toList();
    }

    private static SlowQuery slow(JsonInput input) {
        return new SlowQuery(
                Instant.parse(input.get("at").text()),
                input.get("collection").text(),
                input.get("shape").text(),
                Duration.ofNanos(Math.round(input.get("took_ms").number() * 1e6)),
                input.get("failure").text());
    }

    /** Those that this version knows. */
    @Override
    public Set<Feature> features() {
        return backendInfo().features();
    }

    /** Of the store that the server has. */
    @Override
    public BackendInfo backendInfo() {
        return BackendJson.read(connection().get("/features"));
    }

    @Override
    public void create(CollectionSchema schema) {
        collections.create(schema);
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        return collections.describe(collection);
    }

    @Override
    public List<String> list() {
        return collections.list();
    }

    @Override
    public void rename(String collection, String name) {
        collections.rename(collection, name);
    }

    @Override
    public void drop(String collection) {
        collections.drop(collection);
    }

    @Override
    public void truncate(String collection) {
        collections.truncate(collection);
    }

    @Override
    public void load(String collection) {
        collections.load(collection);
    }

    @Override
    public void release(String collection) {
        collections.release(collection);
    }

    @Override
    public CollectionStatistics statistics(String collection) {
        return collections.statistics(collection);
    }

    @Override
    public CollectionState state(String collection) {
        return collections.state(collection);
    }

    @Override
    public Indexes indexes(String collection) {
        return collections.indexes(collection);
    }

    @Override
    public void createAlias(String alias, String collection) {
        collections.createAlias(alias, collection);
    }

    @Override
    public void alterAlias(String alias, String collection) {
        collections.alterAlias(alias, collection);
    }

    @Override
    public void dropAlias(String alias) {
        collections.dropAlias(alias);
    }

    @Override
    public List<String> aliases(String collection) {
        return collections.aliases(collection);
    }

    @Override
    public void createPartition(String collection, String partition) {
        collections.createPartition(collection, partition);
    }

    @Override
    public void dropPartition(String collection, String partition) {
        collections.dropPartition(collection, partition);
    }

    @Override
    public List<String> partitions(String collection) {
        return collections.partitions(collection);
    }

    @Override
    public void loadPartition(String collection, String partition) {
        collections.loadPartition(collection, partition);
    }

    @Override
    public void releasePartition(String collection, String partition) {
        collections.releasePartition(collection, partition);
    }

    @Override
    public List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        return rows.insert(collection, partition, entities);
    }

    @Override
    public void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        rows.upsert(collection, partition, entities);
    }

    @Override
    public List<Entity> get(String collection, Collection<Id> keys, Output output) {
        return rows.get(collection, keys, output);
    }

    @Override
    public List<Entity> query(String collection, QueryRequest request) {
        return rows.query(collection, request);
    }

    @Override
    public Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        return rows.iterate(collection, request, batch);
    }

    @Override
    public void deleteKeys(String collection, Collection<Id> keys) {
        rows.deleteKeys(collection, keys);
    }

    @Override
    public void deleteWhere(String collection, Filter filter) {
        rows.deleteWhere(collection, filter);
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        return rows.searchAll(collection, request);
    }

    @Override
    public List<Hit> hybridSearch(String collection, HybridSearchRequest request) {
        return rows.hybridSearch(collection, request);
    }

    @Override
    public Explanation explain(String collection, SearchRequest request) {
        return rows.explain(collection, request);
    }

    @Override
    public HybridExplanation explain(String collection, HybridSearchRequest request) {
        return rows.explain(collection, request);
    }

    /** Of a whole explanation what the server's store says. */
    @Override
    public Optional<SearchProfile> profile(String collection, SearchRequest request) {
        return explain(collection, request).engine();
    }

    @Override
    public long count(String collection) {
        return rows.count(collection);
    }

    @Override
    public long count(String collection, Filter filter) {
        return rows.count(collection, filter);
    }

    @Override
    public List<String> databases() {
        return collections.names("/databases", "databases");
    }

    @Override
    public void createDatabase(String database) {
        connection().send("PUT", "/databases/" + RestConnection.segment(database), new byte[0]);
    }

    @Override
    public void dropDatabase(String database) {
        collections.delete("/databases/" + RestConnection.segment(database), "database");
    }

    @Override
    public VectorStore database(String database) {
        return new RestVectorStore(connection().in(Names.checked("database", database)));
    }

    @Override
    public Health health() {
        if (closed) {
            return new Health.Down("the vector store is closed");
        }
        try {
            features();
            return new Health.Up();
        } catch (Unavailable e) {
            return new Health.Down(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
