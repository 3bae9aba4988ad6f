package dev.milvuso.vector.check;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Texts;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Refuses entities and ids that do not fit a collection's schema. Immutable. */
public final class EntityCheck {
    private final CollectionSchema schema;
    private final VectorCheck vectors;
    private final Set<String> names = new HashSet<>();

    public EntityCheck(CollectionSchema schema) {
        this.schema = schema;
        this.vectors = new VectorCheck();
        schema.fields().forEach(field -> names.add(field.name()));
    }

    /**
     * For an insert, whose keys may be the store's to make.
     *
     * @return the entities with their default values
     * @throws IllegalArgumentException naming the entity and what is wrong with it
     */
    public List<Entity> inserted(List<Entity> entities) {
        for (int i = 0; i < entities.size(); i++) {
            Entity entity = entities.get(i);
            if (schema.key().generated() == entity.key().isPresent()) {
                throw new EntityMismatch(
                        i,
                        schema.key().name(),
                        "entity " + i + " for collection " + schema.name()
                                + (schema.key().generated()
                                        ? " has a key: the store makes the keys of this collection"
                                        : " has no key: must have one"));
            }
        }
        return complete(entities);
    }

    /**
     * For an upsert, whose entities all have keys.
     *
     * @return the entities with their default values
     * @throws IllegalArgumentException naming the entity and what is wrong with it
     */
    public List<Entity> upserted(List<Entity> entities) {
        if (schema.key().generated()) {
            throw new IllegalArgumentException(
                    "collection " + schema.name() + " makes its keys: insert into it and delete from it");
        }
        return inserted(entities);
    }

    private List<Entity> complete(List<Entity> entities) {
        List<Entity> complete = new ArrayList<>(entities.size());
        for (int i = 0; i < entities.size(); i++) {
            complete.add(complete(i, entities.get(i)));
        }
        return complete;
    }

    private Entity complete(int number, Entity entity) {
        Supplier<String> where = () -> "entity "
                + entity.key().map(id -> "'" + id + "'").orElseGet(() -> Integer.toString(number)) + " of collection "
                + schema.name() + ": ";
        entity.key().ifPresent(id -> placed(number, schema.key().name(), () -> id(where, id)));
        vectors(number, where, entity);
        boolean lacks = false;
        for (Field field : schema.fields()) {
            Object value = entity.fields().get(field.name());
            if (value != null) {
                placed(
                        number,
                        field.name(),
                        () -> ValueCheck.value(() -> where.get() + "field " + field.name(), field.type(), value));
            } else if (field.defaultValue().isPresent()) {
                lacks = true;
            } else if (!field.nullable()) {
                throw new EntityMismatch(number, field.name(), where.get() + "field " + field.name() + " is missing");
            }
        }
        others(number, where, entity);
        return lacks ? withDefaults(entity) : entity;
    }

    /** What is wrong there is wrong with this field of this entity. */
    private static void placed(int number, String field, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new EntityMismatch(number, field, String.valueOf(e.getMessage()));
        }
    }

    private void others(int number, Supplier<String> where, Entity entity) {
        for (Map.Entry<String, Object> field : entity.fields().entrySet()) {
            String name = field.getKey();
            if (names.contains(name)) {
                continue;
            }
            boolean taken = name.equals(schema.key().name())
                    || schema.vectors().stream()
                            .anyMatch(vector -> vector.name().equals(name));
            if (!schema.dynamic() || taken || name.isEmpty() || name.equals("$meta") || !Texts.isWellFormed(name)) {
                throw new EntityMismatch(number, name, where.get() + "there is no field " + name);
            }
            placed(number, name, () -> ValueCheck.json(() -> where.get() + "field " + name, field.getValue()));
        }
    }

    private Entity withDefaults(Entity entity) {
        Map<String, Object> fields = new HashMap<>(entity.fields());
        schema.fields()
                .forEach(field -> field.defaultValue().ifPresent(value -> fields.putIfAbsent(field.name(), value)));
        return new Entity(entity.key(), entity.vectors(), fields);
    }

    private void vectors(int number, Supplier<String> where, Entity entity) {
        for (VectorField field : schema.vectors()) {
            Vector vector = entity.vectors().get(field.name());
            if (vector == null) {
                throw new EntityMismatch(number, field.name(), where.get() + "vector " + field.name() + " is missing");
            }
            placed(number, field.name(), () -> vectors.check(where, field.type(), vector));
        }
        if (entity.vectors().size() > schema.vectors().size()) {
            Set<String> unknown = new HashSet<>(entity.vectors().keySet());
            schema.vectors().forEach(field -> unknown.remove(field.name()));
            throw new IllegalArgumentException(where.get() + "there are no vector fields " + unknown);
        }
    }

    /** @throws IllegalArgumentException if an id is not of the kind of this collection's key */
    public void ids(Collection<Id> ids) {
        for (Id id : ids) {
            if (!schema.key().takes(id)) {
                throw new IllegalArgumentException("id '" + id + "' for collection " + schema.name() + ": must be "
                        + (id instanceof Id.Text ? "a number" : "a text"));
            }
        }
    }

    private void id(Supplier<String> where, Id id) {
        ids(List.of(id));
        if (id instanceof Id.Text text && schema.key().type() instanceof Field.Type.Text type) {
            if (text.value().isEmpty() || !Texts.fits(text.value(), type.maxBytes())) {
                throw new IllegalArgumentException(
                        where.get() + "its id must be well-formed text of 1 to " + type.maxBytes() + " bytes");
            }
        }
    }
}
