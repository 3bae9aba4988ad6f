package dev.milvuso.server.collections;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.QueryJson;
import dev.milvuso.vector.json.RequestJson;
import dev.milvuso.vector.text.CollectionTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Entities: written, read by key or by filter, deleted and counted. */
record EntityOperations(OwnCollections own) {
    static final int MOST_WRITTEN = 10_000;
    private static final int MOST_KEYS = 16_384;
    private static final int PAGE = 100;
    private static final String ENTITIES = "entities";
    private static final String PARTITION = "partition";
    private static final String KEY = "key";
    private static final String KEYS = "keys";

    Reply insert(VectorStore store, Request request) {
        EntityJson json = changed(store, request);
        List<Entity> entities = entities(store, request, json);
        List<Id> keys = store.insert(request.collection(), partition(request), entities);
        return Reply.of(201, out -> {
            out.writeStartObject();
            out.writeNumberField("inserted", entities.size());
            out.writeFieldName(KEYS);
            json.writeKeys(out, keys);
            out.writeEndObject();
        });
    }

    Reply upsert(VectorStore store, Request request) {
        EntityJson json = changed(store, request);
        List<Entity> entities = entities(store, request, json);
        store.upsert(request.collection(), partition(request), entities);
        return Reply.of(out -> {
            out.writeStartObject();
            out.writeNumberField("upserted", entities.size());
            out.writeEndObject();
        });
    }

    private EntityJson changed(VectorStore store, Request request) {
        own.refuse(store, request.collection());
        return request.entities(store);
    }

    private static List<Entity> entities(VectorStore store, Request request, EntityJson json) {
        JsonInput array = request.body().object(PARTITION, ENTITIES).get(ENTITIES);
        if (array.node().size() > MOST_WRITTEN) {
            throw new Refusal(
                    413, ENTITIES, "entities are " + array.node().size() + ": at most " + MOST_WRITTEN + " at a time");
        }
        List<JsonInput> elements = array.elements(MOST_WRITTEN);
        if (elements.isEmpty()) {
            throw array.mismatch("is empty: must be 1 to " + MOST_WRITTEN + " entities");
        }
        List<Entity> entities = new ArrayList<>(elements.size());
        elements.forEach(element -> entities.add(json.read(element)));
        return new CollectionTexts(store).complete(json.schema(), entities);
    }

    private static Optional<String> partition(Request request) {
        return request.body().find(PARTITION).map(JsonInput::text);
    }

    static Reply one(VectorStore store, Request request) {
        EntityJson json = request.entities(store);
        Id key = key(json, request);
        List<Entity> found = store.get(request.collection(), List.of(key), Output.ALL);
        if (found.isEmpty()) {
            throw new Refusal(404, KEY, "there is no entity " + key + " in collection " + request.collection());
        }
        return Reply.of(out -> json.write(out, found.get(0)));
    }

    /** 204, whether it was there or not. */
    Reply deleteOne(VectorStore store, Request request) {
        EntityJson json = changed(store, request);
        store.deleteKeys(request.collection(), List.of(key(json, request)));
        return Reply.DONE;
    }

    private static Id key(EntityJson json, Request request) {
        String text = request.path().getOrDefault(KEY, "");
        try {
            return json.key(JsonInput.of(TextNode.valueOf(text)));
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, KEY, "key " + e.getMessage());
        }
    }

    static Reply get(VectorStore store, Request request) {
        EntityJson json = request.entities(store);
        request.body().object(KEYS, "output");
        List<Id> keys = json.keys(request.body().get(KEYS), MOST_KEYS);
        Output output = RequestJson.output(request.body(), Output.ALL);
        AnswerSize.check(json.schema(), output, keys.size(), KEYS);
        return page(json, store.get(request.collection(), keys, output));
    }

    static Reply query(VectorStore store, Request request) {
        EntityJson json = request.entities(store);
        QueryRequest query = QueryJson.read(request.body(), json, PAGE);
        AnswerSize.check(json.schema(), query.output(), query.limit(), "limit");
        return page(json, store.query(request.collection(), query));
    }

    private static Reply page(EntityJson json, List<Entity> entities) {
        return Reply.of(out -> {
            out.writeStartObject();
            out.writeFieldName(ENTITIES);
            json.writeAll(out, entities);
            out.writeEndObject();
        });
    }

    /** By keys or by filter. */
    Reply delete(VectorStore store, Request request) {
        EntityJson json = changed(store, request);
        JsonInput body = request.body().object(KEYS, "filter");
        Optional<JsonInput> keys = body.find(KEYS);
        Optional<Filter> filter = RequestJson.filter(body);
        if (keys.isPresent() == filter.isPresent()) {
            throw body.mismatch("must have either keys or filter; POST …/truncate deletes everything");
        }
        if (keys.isPresent()) {
            store.deleteKeys(request.collection(), json.keys(keys.get(), MOST_KEYS));
        } else {
            store.deleteWhere(request.collection(), filter.orElseThrow());
        }
        return Reply.DONE;
    }

    static Reply count(VectorStore store, Request request) {
        CollectionSchema schema = request.schema(store);
        Optional<Filter> filter = RequestJson.filter(request.body().object("filter"));
        long count = filter.isPresent() ? store.count(schema.name(), filter.get()) : store.count(schema.name());
        return Reply.of(out -> {
            out.writeStartObject();
            out.writeNumberField("count", count);
            out.writeEndObject();
        });
    }
}
