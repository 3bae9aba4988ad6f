package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.embedded.column.Column;
import dev.milvuso.vector.embedded.column.Keys;
import dev.milvuso.vector.embedded.column.ObjectColumn;
import dev.milvuso.vector.embedded.column.Origins;
import dev.milvuso.vector.embedded.column.RowTest;
import dev.milvuso.vector.embedded.column.SlotBits;
import dev.milvuso.vector.filter.RowFilter;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The rows of one collection by slot: each field and vector in a column. A row keeps its slot as long as it is there;
 * that of a deleted one is empty until a new row takes it. Not for use by several threads while it is written.
 */
final class VectorTable implements RowFilter.Columns {
    private final CollectionSchema schema;
    private final Keys keys;
    private final SlotBits live = new SlotBits();
    private final ObjectColumn dynamic = new ObjectColumn();
    private final Origins origins;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Map<String, VectorColumn> vectors = new LinkedHashMap<>();
    private final TableFilter tests;
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
        this.keys = Keys.of(schema.key().type());
        this.origins = new Origins(schema.timeToLive().isPresent());
        this.tests = new TableFilter(schema, this::column, this);
        this.filters = new FilterBitmaps(this);
        for (Field field : schema.fields()) {
            columns.put(field.name(), Column.of(field.type()));
        }
        for (VectorField vector : schema.vectors()) {
            vectors.put(vector.name(), VectorColumn.of(vector.type(), work));
        }
    }

    int size() {
        return keys.count();
    }

    /** Of memory, about. */
    long bytes() {
        return keys.bytes()
                + origins.bytes()
                + dynamic.bytes()
                + columns.values().stream().mapToLong(Column::bytes).sum()
                + vectors.values().stream().mapToLong(VectorColumn::bytes).sum();
    }

    /** The slots that hold a row; not to be changed. */
    SlotBits live() {
        return live;
    }

    /** Of a slot that holds a row. */
    Id key(int slot) {
        return keys.at(slot);
    }

    /** Of a slot that holds a row. */
    Row row(int slot) {
        return new Row(origins.partition(slot), origins.written(slot));
    }

    Origins origins() {
        return origins;
    }

    FilterBitmaps filters() {
        return filters;
    }

    /** @param filter checked */
    RowTest test(Filter filter) {
        return tests.test(filter);
    }

    /** Those of floats. */
    Map<String, DenseColumn> dense() {
        Map<String, DenseColumn> dense = new LinkedHashMap<>();
        vectors.forEach((name, column) -> {
            if (column instanceof DenseColumn floats) {
                dense.put(name, floats);
            }
        });
        return dense;
    }

    VectorColumn vectors(String field) {
        return Objects.requireNonNull(vectors.get(field), field);
    }

    private Column column(String field) {
        return Objects.requireNonNull(columns.get(field), field);
    }

    /** @return -1 if the key is not there */
    int slot(Id key) {
        return keys.slot(key);
    }

    /** As {@link #slot} of each, for less. */
    int[] slots(Collection<Id> keys) {
        return this.keys.slots(keys);
    }

    /** @param entities checked, with keys; of one key given twice the last counts */
    void put(List<Entity> entities, Row row) {
        int[] slots = new int[entities.size()];
        for (int i = 0; i < slots.length; i++) {
            Id key = entities.get(i).key().orElseThrow();
            int known = keys.slot(key);
            slots[i] = known < 0 ? take(key) : known;
            put(slots[i], entities.get(i), row);
        }
        putVectors(slots, entities);
    }

    /** @param slots of the entities, all empty */
    void place(int[] slots, List<Entity> entities, Row row) {
        for (int i = 0; i < slots.length; i++) {
            fill(slots[i], entities.get(i).key().orElseThrow());
            put(slots[i], entities.get(i), row);
        }
        putVectors(slots, entities);
    }

    private void putVectors(int[] slots, List<Entity> entities) {
        Vector[] all = new Vector[slots.length];
        vectors.forEach((name, column) -> {
            for (int i = 0; i < all.length; i++) {
                all[i] = Objects.requireNonNull(entities.get(i).vectors().get(name));
            }
            column.putAll(slots, all);
        });
    }

    /** All but its key and its vectors. */
    private void put(int slot, Entity entity, Row row) {
        origins.put(slot, row.partition(), row.written());
        columns.forEach((name, column) -> column.put(slot, entity.fields().get(name)));
        if (schema.dynamic()) {
            Map<String, Object> others = new HashMap<>(entity.fields());
            others.keySet().removeAll(columns.keySet());
            dynamic.put(slot, Map.copyOf(others));
        }
        filters.put(slot);
    }

    /** The least that is empty, so that the journal alone says which row is where. */
    private int take(Id key) {
        int slot = live.nextClear(free);
        free = slot + 1;
        fill(slot, key);
        return slot;
    }

    private void fill(int slot, Id key) {
        keys.put(slot, key);
        live.set(slot, true);
    }

    void delete(Collection<Id> deleted) {
        for (Id key : deleted) {
            int slot = keys.slot(key);
            if (slot >= 0) {
                empty(slot);
            }
        }
    }

    private void empty(int slot) {
        live.set(slot, false);
        free = Math.min(free, slot);
        vectors.values().forEach(column -> column.remove(slot));
        keys.remove(slot);
        columns.values().forEach(column -> column.put(slot, null));
        if (schema.dynamic()) {
            dynamic.put(slot, null);
        }
        filters.remove(slot);
    }

    /** Begins what makes searches quick, where there are rows enough. */
    void makeStructuresIfWorthIt() {
        dense().values().forEach(DenseColumn::makeStructureIfWorthIt);
    }

    /** Ends what goes on in the background. */
    void close() {
        dense().values().forEach(DenseColumn::close);
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
            Object value = output.has(name) ? column.at(slot) : null;
            if (value != null) {
                fields.put(name, value);
            }
        });
        if (schema.dynamic()) {
            ((Map<?, ?>) Objects.requireNonNull(dynamic.at(slot), "fields")).forEach((name, value) -> {
                if (output.has((String) name)) {
                    fields.put((String) name, value);
                }
            });
        }
        return new Entity(Optional.of(key(slot)), wanted, fields);
    }

    @Override
    public RowFilter.Column of(String field) {
        return field.equals(schema.key().name()) ? slot -> key(slot).plain() : column(field);
    }

    @Override
    public RowFilter.Column dynamic() {
        return dynamic;
    }
}
