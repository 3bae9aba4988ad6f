package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Values of scalar fields. Integers of 64 bits may come as texts of digits too, for languages whose numbers are
 * doubles. What is equal is written alike: members of objects by name, whole numbers without a point and others with
 * one.
 */
public final class ValueJson {
    private ValueJson() {}

    /** @throws JsonMismatch naming the place of what is not of the type */
    public static Object read(JsonInput input, Field.Type type) {
        if (type instanceof Field.Type.Array array) {
            List<Object> values = new ArrayList<>();
            input.elements(array.capacity()).forEach(element -> values.add(element(element, array.element())));
            return values;
        }
        if (type instanceof Field.Type.Element element) {
            return element(input, element);
        }
        if (!input.node().isObject()) {
            throw input.wrong("an object");
        }
        return map(input);
    }

    private static Object element(JsonInput input, Field.Type.Element type) {
        if (type instanceof Field.Type.Text text) {
            return text(input, text);
        }
        if (type instanceof Field.Type.Int whole) {
            return integer(input, whole);
        }
        if (type instanceof Field.Type.Real real) {
            return real.bits() == 32 ? (Object) input.single() : (Object) input.number();
        }
        return input.truth();
    }

    static String text(JsonInput input, Field.Type.Text type) {
        String text = input.text();
        if (!Texts.fits(text, type.maxBytes())) {
            throw input.mismatch("has more than " + type.maxBytes() + " bytes");
        }
        return text;
    }

    static long integer(JsonInput input, Field.Type.Int type) {
        boolean asText = type.bits() == 64 && input.node().isTextual();
        long value = asText ? ofDigits(input) : input.whole();
        if (!type.holds(value)) {
            throw input.mismatch("is " + value + ": must be a whole number of " + type.bits() + " bits");
        }
        return value;
    }

    private static long ofDigits(JsonInput input) {
        String text = input.text();
        try {
            if (text.matches("0|-?[1-9][0-9]*")) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            throw input.mismatch("is " + input.shown() + ": must be a whole number of 64 bits");
        }
        throw input.wrong("a whole number");
    }

    /** What JSON says itself: {@link Field.Type.Json}, and fields that are in no schema. */
    public static @Nullable Object any(JsonInput input) {
        if (input.node().isNull()) {
            return null;
        }
        if (input.node().isObject()) {
            return map(input);
        }
        if (input.node().isArray()) {
            List<@Nullable Object> values = new ArrayList<>();
            input.elements(Integer.MAX_VALUE).forEach(element -> values.add(any(element)));
            return values;
        }
        if (input.node().isIntegralNumber()) {
            return input.whole();
        }
        if (input.node().isBoolean()) {
            return input.truth();
        }
        return input.node().isNumber() ? (Object) input.number() : input.text();
    }

    private static Map<String, @Nullable Object> map(JsonInput input) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String name : input.names()) {
            JsonInput member = input.member(name);
            if (!Texts.isWellFormed(name)) {
                throw member.mismatch("has half of a surrogate pair in its name");
            }
            values.put(name, any(member));
        }
        return values;
    }

    /** @param longsAsText whether whole numbers are written as texts */
    public static void write(JsonGenerator out, @Nullable Object value, boolean longsAsText) throws IOException {
        if (value instanceof Long number && !longsAsText) {
            out.writeNumber(number);
        } else if (value instanceof Long number) {
            out.writeString(number.toString());
        } else if (value instanceof Float number) {
            out.writeNumber(number);
        } else if (value instanceof Double number) {
            out.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                write(out, element, longsAsText);
            }
            out.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Object name : new TreeSet<Object>(map.keySet())) {
                out.writeFieldName((String) name);
                write(out, map.get(name), longsAsText);
            }
            out.writeEndObject();
        } else {
            out.writeString((String) value);
        }
    }
}
