package dev.milvuso.vector.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.milvuso.vector.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of fields as JSON, and back exactly: of JSON whole numbers stand without a point and others with one. What is
 * equal is written alike.
 */
final class ValueJson {
    private ValueJson() {}

    static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> object) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            object.forEach((name, inner) -> sorted.put((String) name, inner));
            json.writeStartObject();
            for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
                json.writeFieldName(member.getKey());
                write(json, member.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Long whole) {
            json.writeNumber(whole);
        } else if (value instanceof Double real) {
            json.writeNumber(real);
        } else if (value instanceof Float single) {
            json.writeNumber(single);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof String text) {
            json.writeString(text);
        } else {
            json.writeNull();
        }
    }

    /** @throws IllegalArgumentException if the value is of another type */
    static Object read(JsonParser json, Field.Type type) throws IOException {
        JsonToken token = json.currentToken();
        if (type instanceof Field.Type.Json && token == JsonToken.START_OBJECT) {
            return object(json);
        }
        if (type instanceof Field.Type.Array array && token == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                elements.add(read(json, array.element()));
            }
            return elements;
        }
        if (type instanceof Field.Type.Text && token == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        if (type instanceof Field.Type.Int && token == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        }
        if (type instanceof Field.Type.Real real && token.isNumeric()) {
            // Not an if of two numbers side by side: Java would make both of them doubles.
            return real.bits() == 32 ? (Object) Float.parseFloat(json.getText()) : Double.parseDouble(json.getText());
        }
        if (type instanceof Field.Type.Bool && token.isBoolean()) {
            return json.getBooleanValue();
        }
        throw new IllegalArgumentException(json.getText() + " is no value of type " + type);
    }

    /** What JSON says by itself. */
    static @Nullable Object plain(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(plain(json));
                }
                yield elements;
            }
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> whole(json);
            case VALUE_NUMBER_FLOAT -> Double.parseDouble(json.getText());
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            default -> null;
        };
    }

    private static Object whole(JsonParser json) throws IOException {
        boolean fits = json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        return fits ? (Object) json.getLongValue() : Double.parseDouble(json.getText());
    }

    private static Map<String, @Nullable Object> object(JsonParser json) throws IOException {
        Map<String, @Nullable Object> members = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            members.put(name, plain(json));
        }
        return members;
    }
}
