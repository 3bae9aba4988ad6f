package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Vector;
import java.util.List;
import java.util.Map;

/** How many bytes a row takes on the way, about and rather too many. */
final class EntityBytes {
    private static final long A_ROW = 64;
    private static final long A_VALUE = 16;

    private EntityBytes() {}

    static long of(Entity entity) {
        long bytes = A_ROW;
        for (Vector vector : entity.vectors().values()) {
            bytes += of(vector);
        }
        for (Object value : entity.fields().values()) {
            bytes += of(value);
        }
        return bytes;
    }

    private static long of(Vector vector) {
        if (vector instanceof Vector.Dense dense) {
            return 4L * dense.numbers().length;
        }
        return vector instanceof Vector.Binary binary
                ? binary.bits().length
                : 8L * ((Vector.Sparse) vector).indices().length;
    }

    private static long of(Object value) {
        if (value instanceof String text) {
            return 3L * text.length();
        }
        if (value instanceof List<?> list) {
            return A_VALUE + list.stream().mapToLong(EntityBytes::of).sum();
        }
        if (value instanceof Map<?, ?> object) {
            return A_VALUE
                    + object.entrySet().stream()
                            .mapToLong(member -> of(member.getKey()) + of(member.getValue()))
                            .sum();
        }
        return A_VALUE;
    }
}
