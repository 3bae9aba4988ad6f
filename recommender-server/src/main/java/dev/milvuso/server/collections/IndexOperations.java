package dev.milvuso.server.collections;

import dev.milvuso.vector.ArgumentMismatch;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.check.IndexCheck;
import dev.milvuso.vector.json.IndexJson;
import dev.milvuso.vector.json.JsonInput;
import java.util.List;
import java.util.Optional;

/** Indexes of a collection's fields. Building goes on behind the answers, which say how far it is. */
record IndexOperations(OwnCollections own) {
    private static final String FIELD = "field";
    private static final String INDEX = "index";

    private static Indexes indexes(VectorStore store, Request request) {
        return store.indexes(request.schema(store).name());
    }

    private Indexes changed(VectorStore store, Request request) {
        own.refuse(store, request.collection());
        return indexes(store, request);
    }

    static Reply list(VectorStore store, Request request) {
        List<IndexDescription> all = indexes(store, request).list();
        return Reply.of(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("indexes");
            for (IndexDescription index : all) {
                IndexJson.write(out, index);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    static Reply describe(VectorStore store, Request request) {
        return described(200, indexes(store, request), field(store, request));
    }

    /** The one that the address names. */
    private static String field(VectorStore store, Request request) {
        String field = request.name(FIELD);
        try {
            IndexCheck.field(request.schema(store), Optional.of(field));
            return field;
        } catch (ArgumentMismatch e) {
            throw new Refusal(404, FIELD, String.valueOf(e.getMessage()));
        }
    }

    private static Reply described(int status, Indexes indexes, String field) {
        IndexDescription index =
                indexes.describe(field).orElseThrow(() -> new Refusal(404, INDEX, "field " + field + " has no index"));
        return Reply.of(status, out -> IndexJson.write(out, index));
    }

    /** 409 if the field has another. */
    Reply create(VectorStore store, Request request) {
        JsonInput body = request.body().object(FIELD, "type", "parameters");
        String field = body.get(FIELD).text();
        IndexSpec spec = IndexJson.read(body);
        Indexes indexes = changed(store, request);
        checkFits(request.schema(store), body, field, spec);
        boolean has = indexes.describe(field).isPresent();
        try {
            indexes.create(field, spec);
        } catch (IllegalArgumentException e) {
            if (has) {
                throw new Refusal(409, FIELD, String.valueOf(e.getMessage()));
            }
            throw e;
        }
        return described(202, indexes, field);
    }

    /** What no field like this can have is wrong whether it has an index or not. */
    private static void checkFits(CollectionSchema schema, JsonInput body, String field, IndexSpec spec) {
        body.make(() -> {
            IndexCheck.check(schema, field, spec);
            return spec;
        });
    }

    Reply replace(VectorStore store, Request request) {
        IndexSpec spec = IndexJson.read(request.body().object("type", "parameters"));
        Indexes indexes = changed(store, request);
        String field = field(store, request);
        checkFits(request.schema(store), request.body(), field, spec);
        indexes.replace(field, spec);
        return described(202, indexes, field);
    }

    Reply rebuild(VectorStore store, Request request) {
        Indexes indexes = changed(store, request);
        String field = field(store, request);
        indexes.rebuild(field);
        return described(202, indexes, field);
    }

    /** 204, whether there was one or not. */
    Reply drop(VectorStore store, Request request) {
        changed(store, request).drop(field(store, request));
        return Reply.DONE;
    }
}
