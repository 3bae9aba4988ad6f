package dev.milvuso.vector.embedded.column;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** About what values take in memory, with headers of 16 bytes and references of 4. */
final class ObjectBytes {
    private static final long HEADER = 16;
    private static final long REFERENCE = 4;
    private static final long NUMBER = HEADER + 8;

    private ObjectBytes() {}

    /** @param value of a field; null for none */
    static long of(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return 0;
        }
        if (value instanceof String text) {
            return 2 * HEADER + 8 + text.length();
        }
        if (value instanceof Collection<?> values) {
            return 2 * HEADER
                    + values.stream().mapToLong(it -> REFERENCE + of(it)).sum();
        }
        if (value instanceof Map<?, ?> object) {
            return 2 * HEADER
                    + object.entrySet().stream()
                            .mapToLong(entry -> 2 * REFERENCE + of(entry.getKey()) + of(entry.getValue()))
                            .sum();
        }
        return NUMBER;
    }
}
