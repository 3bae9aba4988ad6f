package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.jspecify.annotations.Nullable;

/** Puts rows together from their columns, in the order of {@link Columns}. */
final class RowBuilder extends RecordMaterializer<Entity> {
    private final List<Converter> converters = new ArrayList<>();
    private final Map<String, Vector> vectors = new HashMap<>();
    private final Map<String, Object> fields = new HashMap<>();
    private @Nullable Id key;

    private final GroupConverter row = new GroupConverter() {
        @Override
        public Converter getConverter(int position) {
            return converters.get(position);
        }

        @Override
        public void start() {
            key = null;
            vectors.clear();
            fields.clear();
        }

        @Override
        public void end() {
            // The row is asked for.
        }
    };

    RowBuilder(CollectionSchema schema) {
        converters.add(new ValueConverter(
                schema.key().type(), value -> key = value instanceof String text ? Id.of(text) : Id.of((Long) value)));
        schema.vectors().forEach(vector -> converters.add(vector(vector)));
        schema.fields().forEach(field -> converters.add(field(field)));
        if (schema.dynamic()) {
            converters.add(new ValueConverter(Field.Type.JSON, this::rest));
        }
    }

    private Converter vector(VectorField field) {
        return VectorConverters.of(field.type(), vector -> vectors.put(field.name(), vector));
    }

    private Converter field(Field field) {
        if (field.type() instanceof Field.Type.Array array) {
            List<Object> elements = new ArrayList<>();
            return new Repeated(
                    elements::clear,
                    () -> fields.put(field.name(), List.copyOf(elements)),
                    new ValueConverter(array.element(), value -> add(elements, value, array.capacity(), field.name())));
        }
        return new ValueConverter(field.type(), value -> fields.put(field.name(), value));
    }

    /** A few bytes of a page may say any number of elements. */
    private static void add(List<Object> elements, Object value, int most, String field) {
        if (elements.size() == most) {
            throw new IllegalArgumentException(field + " has more than " + most + " elements");
        }
        elements.add(value);
    }

    private void rest(Object values) {
        if (!(values instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(Columns.REST + " is no object");
        }
        map.forEach((name, value) -> fields.put((String) name, value));
    }

    @Override
    public Entity getCurrentRecord() {
        return new Entity(Optional.ofNullable(key), vectors, fields);
    }

    @Override
    public GroupConverter getRootConverter() {
        return row;
    }
}
