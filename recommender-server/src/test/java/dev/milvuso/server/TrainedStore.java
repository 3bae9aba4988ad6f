package dev.milvuso.server;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SwitchedStore;
import dev.milvuso.vector.VectorStore;
import java.util.List;
import java.util.Map;

/** The collections that the trainer makes, of two numbers a vector. */
final class TrainedStore {
    private TrainedStore() {}

    static SwitchedStore empty() {
        SwitchedStore store = new SwitchedStore();
        List<Field> fields = List.of(new Field("model_version", Field.Type.TEXT));
        store.create(new CollectionSchema("milvuso_users", 2, Metric.INNER_PRODUCT, fields));
        store.create(new CollectionSchema("milvuso_items", 2, Metric.INNER_PRODUCT, fields));
        return store;
    }

    /** As the trainer writes it. */
    static void user(VectorStore store, String id, float... vector) {
        store.upsert(
                "milvuso_users",
                List.of(new Entity(id, vector, Map.of("model_version", ServerFixture.VERSION.value()))));
    }
}
