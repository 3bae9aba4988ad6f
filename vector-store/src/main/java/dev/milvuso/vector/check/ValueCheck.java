package dev.milvuso.vector.check;

import dev.milvuso.vector.Field;
import dev.milvuso.vector.Texts;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Refuses values that are not of a field's type. */
final class ValueCheck {
    private static final int MAX_JSON_DEPTH = 32;

    private ValueCheck() {}

    /** @throws IllegalArgumentException that begins with where */
    static void value(Supplier<String> where, Field.Type type, Object value) {
        if (type instanceof Field.Type.Json) {
            if (!(value instanceof Map)) {
                throw new IllegalArgumentException(where.get() + " is " + value + ": must be a Map");
            }
            json(where, value);
        } else if (type instanceof Field.Type.Array array) {
            array(where, array, value);
        } else if (!fits((Field.Type.Element) type, value)) {
            throw new IllegalArgumentException(
                    where.get() + " is " + value + ": must be " + right((Field.Type.Element) type));
        }
    }

    private static void array(Supplier<String> where, Field.Type.Array type, Object value) {
        if (!(value instanceof List<?> list) || list.size() > type.capacity()) {
            throw new IllegalArgumentException(
                    where.get() + " is " + value + ": must be a List of up to " + type.capacity() + " elements");
        }
        for (Object element : list) {
            if (element == null || !fits(type.element(), element)) {
                throw new IllegalArgumentException(
                        where.get() + " holds " + element + ": must hold " + right(type.element()));
            }
        }
    }

    private static boolean fits(Field.Type.Element type, Object value) {
        if (type instanceof Field.Type.Text text) {
            return value instanceof String string && Texts.fits(string, text.maxBytes());
        }
        if (type instanceof Field.Type.Int whole) {
            return value instanceof Long integer && whole.holds(integer);
        }
        if (type instanceof Field.Type.Real real) {
            return real.bits() == 32
                    ? value instanceof Float single && Float.isFinite(single)
                    : value instanceof Double number && Double.isFinite(number);
        }
        return value instanceof Boolean;
    }

    private static String right(Field.Type.Element type) {
        if (type instanceof Field.Type.Text text) {
            return "well-formed text of up to " + text.maxBytes() + " bytes";
        }
        if (type instanceof Field.Type.Int whole) {
            return "a Long" + (whole.bits() == 64 ? "" : " of " + whole.bits() + " bits");
        }
        if (type instanceof Field.Type.Real real) {
            return real.bits() == 32 ? "a finite Float" : "a finite Double";
        }
        return "a Boolean";
    }

    /** @throws IllegalArgumentException that begins with where */
    static void json(Supplier<String> where, @Nullable Object value) {
        json(where, value, 0);
    }

    private static void json(Supplier<String> where, @Nullable Object value, int depth) {
        if (depth > MAX_JSON_DEPTH) {
            throw new IllegalArgumentException(where.get() + " is more than " + MAX_JSON_DEPTH + " levels deep");
        }
        if (value instanceof Map<?, ?> object) {
            object.forEach((key, inner) -> {
                if (!(key instanceof String name) || !Texts.isWellFormed(name)) {
                    throw new IllegalArgumentException(
                            where.get() + " has the key " + key + ": must be well-formed text");
                }
                json(where, inner, depth + 1);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> json(where, inner, depth + 1));
        } else if (!isPlain(value)) {
            throw new IllegalArgumentException(where.get() + " holds " + value
                    + ": JSON is Map, List, well-formed String, Long, finite Double, Boolean, null");
        }
    }

    private static boolean isPlain(@Nullable Object value) {
        return value == null
                || value instanceof Boolean
                || value instanceof Long
                || (value instanceof Double number && Double.isFinite(number))
                || (value instanceof String text && Texts.isWellFormed(text));
    }
}
