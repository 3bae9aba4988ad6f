package dev.milvuso.vector;

import java.util.Map;

/**
 * A row of a collection.
 *
 * @param vector shape [dimension]; not to be changed after it was given away
 * @param fields a value for each field of the schema, as its {@link Field.Type} says
 */
public record Entity(String id, float[] vector, Map<String, Object> fields) {
    public Entity {
        fields = Map.copyOf(fields);
    }
}
