package dev.milvuso.server.collections;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.CollectionState;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.SchemaJson;
import dev.milvuso.vector.json.StatisticsJson;
import dev.milvuso.vector.text.CollectionTexts;
import java.util.List;
import java.util.Optional;

/** Collections as a whole: their schemas, names, aliases and partitions. */
record CollectionOperations(OwnCollections own) {
    private static final String ALIAS = "alias";
    private static final String PARTITION = "partition";

    static Reply list(VectorStore store, Request request) {
        return names("collections", store.list());
    }

    static Reply names(String member, List<String> names) {
        return Reply.of(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart(member);
            for (String name : names) {
                out.writeString(name);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** 201 if it is new, 200 if one of just this schema is there, 409 if it is another. */
    Reply create(VectorStore store, Request request) {
        CollectionSchema asked = SchemaJson.read(request.body());
        own.refuse(store, asked.name());
        Optional<CollectionSchema> there = store.describe(asked.name());
        there.ifPresent(schema -> refuseOther(schema, asked));
        store.create(asked);
        return Reply.of(there.isPresent() ? 200 : 201, out -> SchemaJson.write(out, asked));
    }

    private static void refuseOther(CollectionSchema there, CollectionSchema asked) {
        if (!there.name().equals(asked.name())) {
            throw new Refusal(409, "name", asked.name() + " is an alias of collection " + there.name());
        }
        List<String> differences = there.differences(asked);
        if (!differences.isEmpty()) {
            throw new Refusal(
                    409, "name", asked.name() + " is there with another schema: " + String.join("; ", differences));
        }
    }

    static Reply describe(VectorStore store, Request request) {
        CollectionSchema schema = request.schema(store);
        return Reply.of(out -> SchemaJson.write(out, schema));
    }

    Reply drop(VectorStore store, Request request) {
        String collection = changed(store, request);
        if (!store.list().contains(collection)) {
            throw new Refusal(409, Request.COLLECTION, collection + " is an alias: drop it as such");
        }
        CollectionSchema schema = request.schema(store);
        Refusal.conflicting(Request.COLLECTION, () -> store.drop(collection));
        new CollectionTexts(store).forget(schema);
        return Reply.DONE;
    }

    Reply rename(VectorStore store, Request request) {
        JsonInput name = request.body().object("name").get("name");
        String other = name.make(() -> Names.checked("collection", name.text()));
        String collection = changed(store, request);
        own.refuseName(other);
        Refusal.conflicting("name", () -> store.rename(collection, other));
        return Reply.DONE;
    }

    Reply truncate(VectorStore store, Request request) {
        store.truncate(changed(store, request));
        return Reply.DONE;
    }

    Reply load(VectorStore store, Request request) {
        store.load(changed(store, request));
        return Reply.DONE;
    }

    Reply release(VectorStore store, Request request) {
        store.release(changed(store, request));
        return Reply.DONE;
    }

    static Reply statistics(VectorStore store, Request request) {
        CollectionStatistics statistics = store.statistics(request.schema(store).name());
        return Reply.of(out -> StatisticsJson.write(out, statistics));
    }

    static Reply state(VectorStore store, Request request) {
        CollectionState state = store.state(request.schema(store).name());
        return Reply.of(out -> StatisticsJson.write(out, state));
    }

    static Reply aliases(VectorStore store, Request request) {
        return names("aliases", store.aliases(request.schema(store).name()));
    }

    /** 409 if there is such an alias or collection. */
    Reply createAlias(VectorStore store, Request request) {
        JsonInput name = request.body().object(ALIAS).get(ALIAS);
        String alias = name.make(() -> Names.checked(ALIAS, name.text()));
        String collection = changed(store, request);
        own.refuseName(alias);
        Refusal.conflicting(ALIAS, () -> store.createAlias(alias, collection));
        return names("aliases", store.aliases(collection));
    }

    /** 404 if there is no such alias yet. */
    Reply alterAlias(VectorStore store, Request request) {
        String alias = request.name(ALIAS);
        String collection = changed(store, request);
        own.refuse(store, alias);
        if (store.describe(alias).isEmpty() || store.list().contains(alias)) {
            throw new Refusal(404, ALIAS, "there is no alias " + alias);
        }
        store.alterAlias(alias, collection);
        return names("aliases", store.aliases(collection));
    }

    Reply dropAlias(VectorStore store, Request request) {
        String alias = request.name(ALIAS);
        String collection = changed(store, request);
        if (!store.aliases(collection).contains(alias)) {
            throw new Refusal(404, ALIAS, "collection " + collection + " has no alias " + alias);
        }
        store.dropAlias(alias);
        return Reply.DONE;
    }

    static Reply partitions(VectorStore store, Request request) {
        return names("partitions", store.partitions(request.schema(store).name()));
    }

    Reply createPartition(VectorStore store, Request request) {
        String partition = request.name(PARTITION);
        store.createPartition(changed(store, request), partition);
        return Reply.DONE;
    }

    Reply dropPartition(VectorStore store, Request request) {
        String collection = changed(store, request);
        String partition = partition(store, collection, request);
        Refusal.conflicting(PARTITION, () -> store.dropPartition(collection, partition));
        return Reply.DONE;
    }

    private static String partition(VectorStore store, String collection, Request request) {
        String partition = request.name(PARTITION);
        if (!store.partitions(collection).contains(partition)) {
            throw new Refusal(404, PARTITION, "collection " + collection + " has no partition " + partition);
        }
        return partition;
    }

    Reply loadPartition(VectorStore store, Request request) {
        String collection = changed(store, request);
        store.loadPartition(collection, partition(store, collection, request));
        return Reply.DONE;
    }

    Reply releasePartition(VectorStore store, Request request) {
        String collection = changed(store, request);
        store.releasePartition(collection, partition(store, collection, request));
        return Reply.DONE;
    }

    /** The name of a collection that is there and may be changed. */
    private String changed(VectorStore store, Request request) {
        own.refuse(store, request.collection());
        request.schema(store);
        return request.collection();
    }
}
