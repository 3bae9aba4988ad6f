package dev.milvuso.vector.milvus;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Entities as the SDK gives them. */
final class MilvusRows {
    private static final String DYNAMIC = "$meta";

    private MilvusRows() {}

    static Entity fromMilvus(CollectionSchema schema, Map<String, Object> row) {
        Map<String, Vector> vectors = new HashMap<>();
        for (VectorField field : schema.vectors()) {
            Object value = row.get(field.name());
            if (value != null) {
                vectors.put(field.name(), vector(value));
            }
        }
        Map<String, Object> fields = new HashMap<>();
        for (Field field : schema.fields()) {
            Object value = value(field.type(), row.get(field.name()));
            if (value != null) {
                fields.put(field.name(), value);
            }
        }
        if (schema.dynamic()) {
            addOthers(schema, row, fields);
        }
        return new Entity(
                Optional.of(key(Objects.requireNonNull(row.get(schema.key().name()), "key"))), vectors, fields);
    }

    private static void addOthers(CollectionSchema schema, Map<String, Object> row, Map<String, Object> fields) {
        Set<String> known = new HashSet<>(Set.of(schema.key().name()));
        schema.vectors().forEach(field -> known.add(field.name()));
        schema.fields().forEach(field -> known.add(field.name()));
        row.forEach((name, value) -> {
            Object plain = known.contains(name) ? null : MilvusJson.plain(value);
            if (name.equals(DYNAMIC) && plain instanceof Map<?, ?> others) {
                // A search gives them in one, a query each by itself.
                others.forEach((other, inner) -> put(fields, (String) other, inner));
            } else {
                put(fields, name, plain);
            }
        });
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    static Id key(Object value) {
        return value instanceof Number number ? Id.of(number.longValue()) : Id.of((String) value);
    }

    private static Vector vector(Object value) {
        if (value instanceof ByteBuffer buffer) {
            // The SDK gives it read to its end.
            ByteBuffer whole = buffer.duplicate().rewind();
            byte[] bits = new byte[whole.remaining()];
            whole.get(bits);
            return new Vector.Binary(bits);
        }
        if (value instanceof SortedMap<?, ?> sparse) {
            int[] indices = sparse.keySet().stream()
                    .mapToInt(index -> ((Number) index).intValue())
                    .toArray();
            float[] numbers = new float[indices.length];
            Object[] all = sparse.values().toArray();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = ((Number) all[i]).floatValue();
            }
            return new Vector.Sparse(indices, numbers);
        }
        List<?> list = (List<?>) value;
        float[] numbers = new float[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ((Number) list.get(i)).floatValue();
        }
        return Vector.of(numbers);
    }

    /** Whole numbers come in several widths. */
    private static @Nullable Object value(Field.Type type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (type instanceof Field.Type.Int) {
            return ((Number) value).longValue();
        }
        if (type instanceof Field.Type.Array array) {
            List<Object> elements = new ArrayList<>();
            ((List<?>) value).forEach(element -> elements.add(Objects.requireNonNull(value(array.element(), element))));
            return List.copyOf(elements);
        }
        return type instanceof Field.Type.Json ? MilvusJson.plain(value) : value;
    }
}
