package dev.milvuso.vector.rest;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.BackendInfo;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.HybridSearchRequest;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.check.EntityCheck;
import dev.milvuso.vector.check.RequestCheck;
import dev.milvuso.vector.filter.FilterText;
import dev.milvuso.vector.json.BackendJson;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.HybridJson;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.RequestJson;
import dev.milvuso.vector.json.SchemaJson;
import dev.milvuso.vector.json.SearchJson;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The vector store that a running server has, by its {@code /collections}. */
public final class RestVectorStore implements VectorStore {
    private static final int MOST_KEYS = 10_000;
    private static final String COLLECTION = "collection";

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

    private static String path(String collection, String... further) {
        String path = "/collections/" + RestConnection.segment(collection);
        for (String segment : further) {
            path += "/" + RestConnection.segment(segment);
        }
        return path;
    }

    private void post(String collection, String what) {
        connection().send("POST", path(collection, what), new byte[0]);
    }

    private List<String> names(String path, String member) {
        return connection().get(path).get(member).elements(Integer.MAX_VALUE).stream()
                .map(JsonInput::text)
                .toList();
    }

    private CollectionSchema schema(String collection) {
        return describe(collection)
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + collection));
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
        connection().send("POST", "/collections", out -> SchemaJson.write(out, schema));
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        if (!Names.isPlain(collection)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SchemaJson.read(connection().get(path(collection))));
        } catch (RefusedException e) {
            if (e.isUnknown(COLLECTION)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<String> list() {
        return names("/collections", "collections");
    }

    @Override
    public void rename(String collection, String name) {
        connection().send("POST", path(collection, "rename"), out -> {
            out.writeStartObject();
            out.writeStringField("name", name);
            out.writeEndObject();
        });
    }

    @Override
    public void drop(String collection) {
        delete(path(collection), COLLECTION);
    }

    /** @param what may be gone already */
    private void delete(String path, String what) {
        try {
            connection().send("DELETE", path, new byte[0]);
        } catch (RefusedException e) {
            if (!e.isUnknown(what)) {
                throw e;
            }
        }
    }

    @Override
    public void truncate(String collection) {
        post(collection, "truncate");
    }

    @Override
    public void load(String collection) {
        post(collection, "load");
    }

    @Override
    public void release(String collection) {
        post(collection, "release");
    }

    @Override
    public CollectionStatistics statistics(String collection) {
        JsonInput statistics = connection().get(path(collection, "statistics"));
        return new CollectionStatistics(
                statistics.get("rows").whole(), statistics.get("loaded").truth());
    }

    @Override
    public Indexes indexes(String collection) {
        return new RestIndexes(this::connection, path(collection, "indexes"));
    }

    @Override
    public void createAlias(String alias, String collection) {
        connection().send("POST", path(collection, "aliases"), out -> {
            out.writeStartObject();
            out.writeStringField("alias", alias);
            out.writeEndObject();
        });
    }

    @Override
    public void alterAlias(String alias, String collection) {
        connection().send("PUT", path(collection, "aliases", alias), new byte[0]);
    }

    @Override
    public void dropAlias(String alias) {
        // An alias names its collection, too.
        try {
            delete(path(alias, "aliases", alias), "alias");
        } catch (RefusedException e) {
            if (!e.isUnknown(COLLECTION)) {
                throw e;
            }
        }
    }

    @Override
    public List<String> aliases(String collection) {
        return names(path(collection, "aliases"), "aliases");
    }

    @Override
    public void createPartition(String collection, String partition) {
        connection().send("PUT", path(collection, "partitions", partition), new byte[0]);
    }

    @Override
    public void dropPartition(String collection, String partition) {
        delete(path(collection, "partitions", partition), "partition");
    }

    @Override
    public List<String> partitions(String collection) {
        return names(path(collection, "partitions"), "partitions");
    }

    @Override
    public List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        CollectionSchema schema = schema(collection);
        List<Entity> complete = new EntityCheck(schema).inserted(entities);
        return new RestWriter(connection(), path(collection, "entities"), "POST", new EntityJson(schema), partition)
                .write(complete);
    }

    @Override
    public void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        CollectionSchema schema = schema(collection);
        List<Entity> complete = new EntityCheck(schema).upserted(entities);
        new RestWriter(connection(), path(collection, "entities"), "PUT", new EntityJson(schema), partition)
                .write(complete);
    }

    @Override
    public List<Entity> get(String collection, Collection<Id> keys, Output output) {
        CollectionSchema schema = schema(collection);
        new EntityCheck(schema).ids(keys);
        EntityJson json = new EntityJson(schema);
        List<Entity> found = new ArrayList<>();
        for (List<Id> some : parts(keys, RestPages.size(schema, output))) {
            JsonInput answer = connection().send("POST", path(collection, "get"), out -> {
                out.writeStartObject();
                out.writeFieldName("keys");
                json.writeKeys(out, some);
                RequestJson.write(out, output);
                out.writeEndObject();
            });
            answer.get("entities").elements(Integer.MAX_VALUE).forEach(entity -> found.add(json.read(entity)));
        }
        return found;
    }

    private static <T> List<List<T>> parts(Collection<T> all, int size) {
        List<T> list = List.copyOf(all);
        List<List<T>> parts = new ArrayList<>();
        for (int i = 0; i < list.size(); i += size) {
            parts.add(list.subList(i, Math.min(list.size(), i + size)));
        }
        return parts;
    }

    private RestPages pages(String collection, QueryRequest request) {
        CollectionSchema schema = schema(collection);
        new RequestCheck(schema).query(request);
        return new RestPages(connection(), path(collection, "query"), new EntityJson(schema));
    }

    @Override
    public List<Entity> query(String collection, QueryRequest request) {
        return pages(collection, request).all(request);
    }

    @Override
    public Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        if (batch < 1 || batch > SearchRequest.MOST) {
            throw new IllegalArgumentException("batch is " + batch + ": must be 1 to " + SearchRequest.MOST);
        }
        return pages(collection, request).iterate(request, batch);
    }

    @Override
    public void deleteKeys(String collection, Collection<Id> keys) {
        CollectionSchema schema = schema(collection);
        new EntityCheck(schema).ids(keys);
        EntityJson json = new EntityJson(schema);
        for (List<Id> some : parts(keys, MOST_KEYS)) {
            connection().send("POST", path(collection, "delete"), out -> {
                out.writeStartObject();
                out.writeFieldName("keys");
                json.writeKeys(out, some);
                out.writeEndObject();
            });
        }
    }

    @Override
    public void deleteWhere(String collection, Filter filter) {
        connection().send("POST", path(collection, "delete"), only(filter));
    }

    private static JsonBytes.Content only(Filter filter) {
        return out -> {
            out.writeStartObject();
            out.writeStringField("filter", FilterText.of(filter));
            out.writeEndObject();
        };
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        CollectionSchema schema = schema(collection);
        new RequestCheck(schema).search(request);
        EntityJson json = new EntityJson(schema);
        int atOnce = Math.max(1, RestPages.size(schema, request.output()) / request.k());
        List<List<Hit>> results = new ArrayList<>();
        for (SearchRequest some : RestSearches.parts(request, atOnce)) {
            JsonInput answer =
                    connection().send("POST", path(collection, "search"), out -> SearchJson.write(out, some, json));
            for (JsonInput hits : answer.get("results").elements(Integer.MAX_VALUE)) {
                results.add(
                        hits.elements(Integer.MAX_VALUE).stream().map(json::hit).toList());
            }
        }
        return results;
    }

    @Override
    public List<Hit> hybridSearch(String collection, HybridSearchRequest request) {
        EntityJson json = new EntityJson(schema(collection));
        return connection()
                .send("POST", path(collection, "hybrid"), out -> HybridJson.write(out, request, json))
                .get("hits")
                .elements(Integer.MAX_VALUE)
                .stream()
                .map(json::hit)
                .toList();
    }

    @Override
    public long count(String collection) {
        return count(collection, out -> {
            out.writeStartObject();
            out.writeEndObject();
        });
    }

    @Override
    public long count(String collection, Filter filter) {
        return count(collection, only(filter));
    }

    private long count(String collection, JsonBytes.Content body) {
        return connection()
                .send("POST", path(collection, "count"), body)
                .get("count")
                .whole();
    }

    @Override
    public List<String> databases() {
        return names("/databases", "databases");
    }

    @Override
    public void createDatabase(String database) {
        connection().send("PUT", "/databases/" + RestConnection.segment(database), new byte[0]);
    }

    @Override
    public void dropDatabase(String database) {
        delete("/databases/" + RestConnection.segment(database), "database");
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
