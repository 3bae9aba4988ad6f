package dev.milvuso.vector.cache;

import dev.milvuso.vector.Filter;
import dev.milvuso.vector.SearchRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One text for all requests that ask the same: whatever the order of its sets and of what its filters join. */
final class NormalRequest {
    private NormalRequest() {}

    /** @return 64 hexadecimal digits */
    static String digest(SearchRequest request) {
        try {
            byte[] bytes = text(request).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** By what the records say, so that a request of more parts is never mistaken for one of fewer. */
    static String text(@Nullable Object value) {
        if (value instanceof Filter.And and) {
            return joined("And", and.all());
        }
        if (value instanceof Filter.Or or) {
            return joined("Or", or.any());
        }
        if (value instanceof Filter.In in) {
            return "In" + text(in.path()) + sorted(in.values());
        }
        if (value instanceof Set<?> set) {
            return sorted(set);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(NormalRequest::text).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Optional<?> optional) {
            return optional.<String>map(NormalRequest::text).orElse("-");
        }
        if (value instanceof String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
        if (value instanceof float[] || value instanceof int[] || value instanceof byte[]) {
            return array(value);
        }
        return value instanceof Record record ? components(record) : kind(value) + value;
    }

    /** One alone stands for itself, and what is joined twice counts once. */
    private static String joined(String name, List<Filter> filters) {
        Set<String> texts = new TreeSet<>();
        filters.forEach(filter -> texts.add(text(filter)));
        return texts.size() == 1 ? texts.iterator().next() : name + texts;
    }

    private static String sorted(Collection<?> values) {
        Set<String> texts = new TreeSet<>();
        values.forEach(value -> texts.add(text(value)));
        return "{" + String.join(",", texts) + "}";
    }

    private static String array(Object array) {
        if (array instanceof float[] numbers) {
            StringBuilder bits = new StringBuilder("F");
            for (float number : numbers) {
                bits.append(Integer.toHexString(Float.floatToIntBits(number))).append(',');
            }
            return bits.toString();
        }
        return array instanceof byte[] bytes
                ? "B" + HexFormat.of().formatHex(bytes)
                : "I" + Arrays.toString((int[]) array);
    }

    /** 1 and 1.0 and "1" are three things. */
    private static String kind(@Nullable Object value) {
        return value instanceof Long ? "L" : value instanceof Double ? "D" : "";
    }

    private static String components(Record record) {
        StringBuilder text = new StringBuilder(record.getClass().getSimpleName()).append('(');
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            text.append(text(value(record, component))).append(';');
        }
        return text.append(')').toString();
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
