package dev.milvuso.vector.rest;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Explanation;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.HybridExplanation;
import dev.milvuso.vector.HybridSearchRequest;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyBatches;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.PartialWrite;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.check.EntityCheck;
import dev.milvuso.vector.check.RequestCheck;
import dev.milvuso.vector.filter.FilterText;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.ExplanationJson;
import dev.milvuso.vector.json.HybridJson;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.RequestJson;
import dev.milvuso.vector.json.SearchJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Entities: written, read, searched and deleted.
 *
 * @param open gives the connection while the store is open
 */
record RestEntities(Supplier<RestConnection> open, RestCollections collections) {
    private static final int MOST_KEYS = 10_000;
    private static final String HITS = "hits";
    private static final String EXPLANATION = "explanation";
    private static final Map<String, String> EXPLAINED = Map.of("explain", "true");

    List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        CollectionSchema schema = collections.schema(collection);
        List<Entity> complete = new EntityCheck(schema).inserted(entities);
        return new RestWriter(
                        open.get(),
                        RestCollections.path(collection, "entities"),
                        "POST",
                        new EntityJson(schema),
                        partition)
                .write(complete);
    }

    void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        CollectionSchema schema = collections.schema(collection);
        List<Entity> complete = new EntityCheck(schema).upserted(entities);
        new RestWriter(
                        open.get(),
                        RestCollections.path(collection, "entities"),
                        "PUT",
                        new EntityJson(schema),
                        partition)
                .write(complete);
    }

    List<Entity> get(String collection, Collection<Id> keys, Output output) {
        CollectionSchema schema = collections.schema(collection);
        new EntityCheck(schema).ids(keys);
        EntityJson json = new EntityJson(schema);
        List<Entity> found = new ArrayList<>();
        for (List<Id> some : new KeyBatches(keys, RestPages.size(schema, output)).all()) {
            JsonInput answer = open.get().send("POST", RestCollections.path(collection, "get"), out -> {
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

    private RestPages pages(String collection, QueryRequest request) {
        CollectionSchema schema = collections.schema(collection);
        new RequestCheck(schema).query(request);
        return new RestPages(open.get(), RestCollections.path(collection, "query"), new EntityJson(schema));
    }

    List<Entity> query(String collection, QueryRequest request) {
        return pages(collection, request).all(request);
    }

    Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        if (batch < 1 || batch > SearchRequest.MOST) {
            throw new IllegalArgumentException("batch is " + batch + ": must be 1 to " + SearchRequest.MOST);
        }
        return pages(collection, request).iterate(request, batch);
    }

    void deleteKeys(String collection, Collection<Id> keys) {
        CollectionSchema schema = collections.schema(collection);
        new EntityCheck(schema).ids(keys);
        EntityJson json = new EntityJson(schema);
        new KeyBatches(keys, MOST_KEYS).delete(some -> delete(collection, json, some));
    }

    private void delete(String collection, EntityJson json, List<Id> keys) {
        try {
            open.get().send("POST", RestCollections.path(collection, "delete"), out -> {
                out.writeStartObject();
                out.writeFieldName("keys");
                json.writeKeys(out, keys);
                out.writeEndObject();
            });
        } catch (RefusedException | AwayException e) {
            throw e.notDone().isEmpty() ? e : PartialWrite.of(PartialWrite.Kind.DELETE, e.notDone(), keys.size(), e);
        }
    }

    void deleteWhere(String collection, Filter filter) {
        open.get().send("POST", RestCollections.path(collection, "delete"), only(filter));
    }

    private static JsonBytes.Content only(Filter filter) {
        return out -> {
            out.writeStartObject();
            out.writeStringField("filter", FilterText.of(filter));
            out.writeEndObject();
        };
    }

    List<List<Hit>> searchAll(String collection, SearchRequest request) {
        CollectionSchema schema = collections.schema(collection);
        new RequestCheck(schema).search(request);
        EntityJson json = new EntityJson(schema);
        int atOnce = Math.max(1, RestPages.size(schema, request.output()) / request.k());
        List<List<Hit>> results = new ArrayList<>();
        for (SearchRequest some : RestSearches.parts(request, atOnce)) {
            JsonInput answer = open.get()
                    .send("POST", RestCollections.path(collection, "search"), out -> SearchJson.write(out, some, json));
            results.addAll(results(answer, json));
        }
        return results;
    }

    private static List<List<Hit>> results(JsonInput answer, EntityJson json) {
        return answer.get("results").elements(Integer.MAX_VALUE).stream()
                .map(hits -> hits(hits, json))
                .toList();
    }

    private static List<Hit> hits(JsonInput hits, EntityJson json) {
        return hits.elements(Integer.MAX_VALUE).stream().map(json::hit).toList();
    }

    /** In one request: the server explains it as a whole. */
    Explanation explain(String collection, SearchRequest request) {
        CollectionSchema schema = collections.schema(collection);
        new RequestCheck(schema).search(request);
        EntityJson json = new EntityJson(schema);
        JsonInput answer = open.get()
                .send(
                        "POST",
                        RestCollections.path(collection, "search"),
                        EXPLAINED,
                        out -> SearchJson.write(out, request, json));
        return ExplanationJson.read(answer.get(EXPLANATION), results(answer, json));
    }

    List<Hit> hybridSearch(String collection, HybridSearchRequest request) {
        EntityJson json = new EntityJson(collections.schema(collection));
        JsonInput answer = open.get()
                .send("POST", RestCollections.path(collection, "hybrid"), out -> HybridJson.write(out, request, json));
        return hits(answer.get(HITS), json);
    }

    HybridExplanation explain(String collection, HybridSearchRequest request) {
        EntityJson json = new EntityJson(collections.schema(collection));
        JsonInput answer = open.get()
                .send(
                        "POST",
                        RestCollections.path(collection, "hybrid"),
                        EXPLAINED,
                        out -> HybridJson.write(out, request, json));
        return ExplanationJson.hybrid(answer.get(EXPLANATION), hits(answer.get(HITS), json));
    }

    long count(String collection) {
        return count(collection, out -> {
            out.writeStartObject();
            out.writeEndObject();
        });
    }

    long count(String collection, Filter filter) {
        return count(collection, only(filter));
    }

    private long count(String collection, JsonBytes.Content body) {
        return open.get()
                .send("POST", RestCollections.path(collection, "count"), body)
                .get("count")
                .whole();
    }
}
