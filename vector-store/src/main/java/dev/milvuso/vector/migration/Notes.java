package dev.milvuso.vector.migration;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.VectorStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Short texts by key, in a collection of the store that is migrated: the vectors, which it must have, say nothing. */
record Notes(VectorStore store) {
    static final String COLLECTION = "milvuso_migrations";

    private static final String TEXT = "text";
    private static final CollectionSchema SCHEMA =
            new CollectionSchema(COLLECTION, 2, Metric.EUCLIDEAN, List.of(new Field(TEXT, new Field.Type.Text(65535))));

    void create() {
        store.create(SCHEMA);
    }

    void write(String key, String text) {
        store.upsert(COLLECTION, List.of(new Entity(key, new float[2], Map.of(TEXT, text))));
    }

    /** By key. */
    Map<String, String> startingWith(String prefix) {
        return store
                .query(
                        COLLECTION,
                        QueryRequest.where(Path.of(CollectionSchema.ID).startsWith(prefix)))
                .stream()
                .collect(Collectors.toMap(
                        Entity::id, row -> (String) row.fields().getOrDefault(TEXT, "")));
    }

    void remove(String key) {
        store.delete(COLLECTION, List.of(key));
    }
}
