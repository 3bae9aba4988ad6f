package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Vector;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has come of a row. Not for use by several threads. */
final class RowParts {
    private final Map<String, Vector> vectors = new HashMap<>();
    private final Map<String, Object> fields = new HashMap<>();
    private @Nullable Id key;

    void clear() {
        key = null;
        vectors.clear();
        fields.clear();
    }

    /** @param value a text or a {@link Long} */
    void key(Object value) {
        key = value instanceof String text ? Id.of(text) : Id.of((Long) value);
    }

    void vector(String name, Vector value) {
        vectors.put(name, value);
    }

    void field(String name, Object value) {
        fields.put(name, value);
    }

    /** What is in no schema. @throws IllegalArgumentException if it is not a map */
    void rest(Object values) {
        if (!(values instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(Columns.REST + " is no object");
        }
        map.forEach((name, value) -> fields.put((String) name, value));
    }

    Entity entity() {
        return new Entity(Optional.ofNullable(key), vectors, fields);
    }
}
