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
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one collection by slot: each field and vector in a column. A row keeps its slot as long as it is there;
 * that of a deleted one is empty until a new row takes it. Not for use by several threads while it is written.
 */
final class VectorTable implements RowFilter.Columns {
    private final CollectionSchema schema;
    private final Map<Id, Integer> slots = new HashMap<>();
    private final BitSet live = new BitSet();
    private final List<@Nullable Id> keys = new ArrayList<>();
    private final List<@Nullable Map<String, Object>> dynamic = new ArrayList<>();
    private final List<@Nullable Row> rows = new ArrayList<>();
    private final Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
    private final Map<String, VectorColumn> vectors = new LinkedHashMap<>();
    private final FilterBitmaps filters;
    private int free;

    /**
     * Where a row is and since when.
     *
     * @param written in milliseconds since 1970
     */
    record Row(String partition, long written) {}

    VectorTable(CollectionSchema schema, IndexWork work) {
        this.schema = schema;
        this.filters = new FilterBitmaps(schema, this);
        for (Field field : schema.fields()) {
            columns.put(field.name(), new ArrayList<>());
        }
        for (VectorField vector : schema.vectors()) {
            vectors.put(vector.name(), VectorColumn.of(vector.type(), work));
        }
    }

    int size() {
        return slots.size();
    }

    /** The slots that hold a row; not to be changed. */
    BitSet live() {
        return live;
    }

    /** Of a slot that holds a row. */
    Id key(int slot) {
        return Objects.requireNonNull(keys.get(slot), "key");
    }

    /** Of a slot that holds a row. */
    Row row(int slot) {
        return Objects.requireNonNull(rows.get(slot), "row");
    }

    FilterBitmaps filters() {
        return filters;
    }

    VectorColumn vectors(String field) {
        return Objects.requireNonNull(vectors.get(field), field);
    }

    /** @return -1 if the key is not there */
    int slot(Id key) {
        return slots.getOrDefault(key, -1);
    }

    /** @param entity checked, with a key */
    void put(Entity entity, Row row) {
        Id key = entity.key().orElseThrow();
        Integer known = slots.get(key);
        int slot = known == null ? take() : known;
        if (known == null) {
            slots.put(key, slot);
            live.set(slot);
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
        filters.put(slot);
    }

    /** The least that is empty. */
    private int take() {
        int slot = live.nextClearBit(free);
        free = slot + 1;
        return slot;
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
                empty(slot);
            }
        }
    }

    private void empty(int slot) {
        live.clear(slot);
        free = Math.min(free, slot);
        vectors.values().forEach(column -> column.remove(slot));
        keys.set(slot, null);
        rows.set(slot, null);
        columns.values().forEach(column -> column.set(slot, null));
        if (schema.dynamic()) {
            dynamic.set(slot, null);
        }
        filters.remove(slot);
    }

    /** Begins what makes searches quick, where there are rows enough. */
    void makeListsIfWorthIt() {
        vectors.values().forEach(column -> {
            if (column instanceof DenseColumn dense) {
                dense.makeListsIfWorthIt();
            }
        });
    }

    /** Ends what goes on in the background. */
    void close() {
        vectors.values().forEach(column -> {
            if (column instanceof DenseColumn dense) {
                dense.close();
            }
        });
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
            Objects.requireNonNull(dynamic.get(slot), "fields").forEach((name, value) -> {
                if (output.has(name)) {
                    fields.put(name, value);
                }
            });
        }
        return new Entity(Optional.of(key(slot)), wanted, fields);
    }

    @Override
    public RowFilter.Column of(String field) {
        if (field.equals(schema.key().name())) {
            return slot -> key(slot).plain();
        }
        return Objects.requireNonNull(columns.get(field), field)::get;
    }

    @Override
    public RowFilter.Column dynamic() {
        return dynamic::get;
    }
}
