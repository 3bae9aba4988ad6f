package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.filter.RowFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one collection by slot: each field and vector in a column. A deleted row's slot is taken by the last one,
 * so that a scan meets no holes. Not for use by several threads while it is written.
 */
final class VectorTable implements RowFilter.Columns {
    private final CollectionSchema schema;
    private final Map<Id, Integer> slots = new HashMap<>();
    private final List<Id> keys = new ArrayList<>();
    private final List<Map<String, Object>> dynamic = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
    private final Map<String, VectorColumn> vectors = new LinkedHashMap<>();

    /**
     * Where a row is and since when.
     *
     * @param written in milliseconds since 1970
     */
    record Row(String partition, long written) {}

    VectorTable(CollectionSchema schema) {
        this.schema = schema;
        for (Field field : schema.fields()) {
            columns.put(field.name(), new ArrayList<>());
        }
        for (VectorField vector : schema.vectors()) {
            vectors.put(vector.name(), VectorColumn.of(vector.type()));
        }
    }

    int size() {
        return keys.size();
    }

    List<Id> keys() {
        return keys;
    }

    Row row(int slot) {
        return rows.get(slot);
    }

    VectorColumn vectors(String field) {
        return Objects.requireNonNull(vectors.get(field), field);
    }

    /** @return nothing if the key is not there */
    @Nullable Integer slot(Id key) {
        return slots.get(key);
    }

    /** @param entity checked, with a key */
    void put(Entity entity, Row row) {
        Id key = entity.key().orElseThrow();
        Integer known = slots.get(key);
        int slot = known == null ? keys.size() : known;
        if (known == null) {
            slots.put(key, slot);
        }
        set(keys, slot, key);
        set(rows, slot, row);
        vectors.forEach((name, column) ->
                column.put(slot, Objects.requireNonNull(entity.vectors().get(name))));
        columns.forEach((name, column) -> set(column, slot, entity.fields().get(name)));
        if (schema.dynamic()) {
            Map<String, Object> others = new HashMap<>(entity.fields());
            others.keySet().removeAll(columns.keySet());
            set(dynamic, slot, others);
        }
    }

    private static <T extends @Nullable Object> void set(List<T> list, int slot, @Nullable T value) {
        if (slot == list.size()) {
            list.add(value);
        } else {
            list.set(slot, value);
        }
    }

    void delete(Collection<Id> deleted) {
        for (Id key : deleted) {
            Integer slot = slots.remove(key);
            if (slot != null) {
                fill(slot);
            }
        }
    }

    /** Moves the last row to the slot that has become free. */
    private void fill(int slot) {
        int last = keys.size() - 1;
        if (slot < last) {
            slots.put(keys.get(last), slot);
            vectors.values().forEach(column -> column.move(last, slot));
        }
        moveLast(keys, slot);
        moveLast(rows, slot);
        columns.values().forEach(column -> moveLast(column, slot));
        if (schema.dynamic()) {
            moveLast(dynamic, slot);
        }
    }

    private static <T extends @Nullable Object> void moveLast(List<T> list, int slot) {
        T moved = list.remove(list.size() - 1);
        if (slot < list.size()) {
            list.set(slot, moved);
        }
    }

    Entity entity(int slot, Output output) {
        Map<String, Vector> wanted = new HashMap<>();
        vectors.forEach((name, column) -> {
            if (output.has(name)) {
                wanted.put(name, column.at(slot));
            }
        });
        Map<String, Object> fields = new HashMap<>();
        columns.forEach((name, column) -> {
            Object value = column.get(slot);
            if (value != null && output.has(name)) {
                fields.put(name, value);
            }
        });
        if (schema.dynamic()) {
            dynamic.get(slot).forEach((name, value) -> {
                if (output.has(name)) {
                    fields.put(name, value);
                }
            });
        }
        return new Entity(Optional.of(keys.get(slot)), wanted, fields);
    }

    @Override
    public RowFilter.Column of(String field) {
        if (field.equals(schema.key().name())) {
            return slot -> keys.get(slot).plain();
        }
        return Objects.requireNonNull(columns.get(field), field)::get;
    }

    @Override
    public RowFilter.Column dynamic() {
        return dynamic::get;
    }
}
