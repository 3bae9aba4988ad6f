package dev.milvuso.vector;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A row of a collection.
 *
 * @param key none if the store is to make it
 * @param vectors a vector for each vector field of the schema
 * @param fields a value for each scalar field that is not null, as its {@link Field.Type} says; in a dynamic collection
 *     others as well, of the kinds that {@link Field.Type.Json} names. Not to be changed after they were given away
 */
public record Entity(Optional<Id> key, Map<String, Vector> vectors, Map<String, Object> fields) {
    public Entity {
        vectors = Map.copyOf(vectors);
        fields = Map.copyOf(fields);
    }

    /**
     * One of a simple collection.
     *
     * @param vector shape [dimension]; not to be changed after it was given away
     */
    public Entity(String id, float[] vector, Map<String, Object> fields) {
        this(Optional.of(Id.of(id)), Map.of(CollectionSchema.VECTOR, Vector.of(vector)), fields);
    }

    public static Entity of(Id key) {
        return new Entity(Optional.of(key), Map.of(), Map.of());
    }

    /** One whose key the store will make. */
    public static Entity withoutKey() {
        return new Entity(Optional.empty(), Map.of(), Map.of());
    }

    public Entity with(String field, Vector vector) {
        Map<String, Vector> more = new HashMap<>(vectors);
        more.put(field, vector);
        return new Entity(key, more, fields);
    }

    public Entity with(String field, Object value) {
        Map<String, Object> more = new HashMap<>(fields);
        more.put(field, value);
        return new Entity(key, vectors, more);
    }

    /** With these fields as well. */
    public Entity withAll(Map<String, Object> values) {
        Map<String, Object> more = new HashMap<>(fields);
        more.putAll(values);
        return new Entity(key, vectors, more);
    }

    /**
     * The key as text.
     *
     * @throws IllegalStateException if it has none yet
     */
    public String id() {
        return key.orElseThrow(() -> new IllegalStateException("the entity has no key yet"))
                .toString();
    }

    /**
     * The vector of a simple collection.
     *
     * @throws IllegalStateException if it has not just one, of floats
     */
    public float[] vector() {
        if (vectors.size() == 1 && vectors.values().iterator().next() instanceof Vector.Dense dense) {
            return dense.numbers();
        }
        throw new IllegalStateException("the entity has not one vector of floats: it has " + vectors.keySet());
    }
}
