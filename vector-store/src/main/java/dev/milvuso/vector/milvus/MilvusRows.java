package dev.milvuso.vector.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Entities as the SDK takes and gives them. */
final class MilvusRows {
    private MilvusRows() {}

    /** @param entity checked against the schema */
    static JsonObject toMilvus(CollectionSchema schema, Entity entity) {
        JsonObject row = new JsonObject();
        row.addProperty(CollectionSchema.ID, entity.id());
        JsonArray vector = new JsonArray(entity.vector().length);
        for (float number : entity.vector()) {
            vector.add(number);
        }
        row.add(CollectionSchema.VECTOR, vector);
        for (Field field : schema.fields()) {
            Object value = entity.fields().get(field.name());
            if (value instanceof String text) {
                row.addProperty(field.name(), text);
            } else if (value instanceof Number number) {
                row.addProperty(field.name(), number);
            } else {
                row.addProperty(field.name(), (Boolean) value);
            }
        }
        return row;
    }

    static Entity fromMilvus(CollectionSchema schema, Map<String, Object> row) {
        List<?> numbers = (List<?>) value(row, CollectionSchema.VECTOR);
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = ((Number) numbers.get(i)).floatValue();
        }
        Map<String, Object> fields = new HashMap<>();
        for (Field field : schema.fields()) {
            fields.put(field.name(), value(row, field.name()));
        }
        return new Entity((String) value(row, CollectionSchema.ID), vector, fields);
    }

    private static Object value(Map<String, Object> row, String name) {
        return Objects.requireNonNull(row.get(name), () -> "Milvus gave a row without " + name);
    }
}
