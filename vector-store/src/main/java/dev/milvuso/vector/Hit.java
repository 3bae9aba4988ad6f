package dev.milvuso.vector;

import java.util.Map;
import java.util.Optional;

/**
 * Something found.
 *
 * @param score by the vector field's metric
 * @param entity what was asked for of it, with the key; nothing if that was nothing
 */
public record Hit(Id key, float score, Optional<Entity> entity) {
    /** One of which nothing more was asked. */
    public Hit(String id, float score) {
        this(Id.of(id), score, Optional.empty());
    }

    /** The key as text. */
    public String id() {
        return key.toString();
    }

    /** What was asked for of its fields. */
    public Map<String, Object> fields() {
        return entity.map(Entity::fields).orElse(Map.of());
    }
}
