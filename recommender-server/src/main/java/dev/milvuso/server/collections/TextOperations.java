package dev.milvuso.server.collections;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.text.Bm25Field;
import dev.milvuso.vector.text.CollectionTexts;
import java.io.IOException;

/** Sparse vectors that are made of texts. */
public record TextOperations(OwnCollections own) {
    private static final String FIELD = "field";
    private static final String VECTOR = "vector";

    /** Which are. */
    public static Reply fitted(VectorStore store, Request request) {
        CollectionSchema schema = request.schema(store);
        return Reply.of(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("bm25");
            for (Bm25Field each : new CollectionTexts(store).fitted(schema)) {
                write(out, each);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** Counts all rows and writes them anew, which takes as long as it takes. */
    public Reply fit(VectorStore store, Request request) {
        own.refuse(store, request.collection());
        CollectionSchema schema = request.schema(store);
        JsonInput body = request.body().object(FIELD, VECTOR);
        String field = body.get(FIELD).text();
        String vector = body.get(VECTOR).text();
        Bm25Field fitted = body.make(() -> new CollectionTexts(store).fit(schema.name(), field, vector));
        return Reply.of(out -> write(out, fitted));
    }

    private static void write(JsonGenerator out, Bm25Field fitted) throws IOException {
        out.writeStartObject();
        out.writeStringField(VECTOR, fitted.vector());
        out.writeStringField(FIELD, fitted.field());
        out.writeNumberField("documents", fitted.documents());
        out.writeNumberField("tokens", fitted.tokens());
        out.writeNumberField("words", fitted.words());
        out.writeEndObject();
    }
}
