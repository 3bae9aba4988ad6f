package dev.milvuso.vector.check;

import dev.milvuso.vector.ArgumentMismatch;

/** An entity among several that does not fit its collection. The message names it, its field and what is wrong. */
public final class EntityMismatch extends ArgumentMismatch {
    private static final long serialVersionUID = 1;

    private final int entity;
    private final String field;

    EntityMismatch(int entity, String field, String message) {
        super(message, "entities", entity, field);
        this.entity = entity;
        this.field = field;
    }

    /** Which of those that were given, from 0 on. */
    public int entity() {
        return entity;
    }

    /** Of the schema or of the entity: the key, a vector or a scalar field. */
    public String field() {
        return field;
    }
}
