package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.Field;
import java.io.IOException;
import java.util.List;

/** Types of scalar fields: a name, and for texts and arrays how much they may hold. */
final class TypeJson {
    private static final List<String> ELEMENTS =
            List.of("bool", "int8", "int16", "int32", "int64", "float32", "float64", "text");
    private static final int TEXT_BYTES = 1024;

    private TypeJson() {}

    /** @param input the field, whose members it checks */
    static Field.Type read(JsonInput input) {
        String name = input.get("type").text();
        if (name.equals("array")) {
            input.object("name", "type", "element", "capacity", "nullable", "default");
            JsonInput inner = input.get("element");
            if (!inner.node().isObject()) {
                throw inner.wrong("an object, such as {\"type\": \"int32\"}");
            }
            inner.object("type", "max_bytes");
            Field.Type.Element element = (Field.Type.Element) element(inner, Field.Type.TEXT);
            int capacity = input.get("capacity").whole(1, Field.Type.Array.MOST_ELEMENTS);
            return input.get("capacity").make(() -> new Field.Type.Array(element, capacity));
        }
        if (name.equals("json")) {
            input.object("name", "type", "nullable", "default");
            return Field.Type.JSON;
        }
        if (!ELEMENTS.contains(name)) {
            throw input.get("type").wrong("one of " + String.join(", ", ELEMENTS) + ", json, array");
        }
        input.object("name", "type", "max_bytes", "nullable", "default");
        return element(input, Field.Type.TEXT);
    }

    /** @param usual the type if none is named */
    static Field.Type element(JsonInput input, Field.Type usual) {
        if (input.find("type").isEmpty()) {
            if (input.find("max_bytes").isEmpty()) {
                return usual;
            }
            return text(input);
        }
        String name = input.get("type").text();
        if (!name.equals("text") && input.find("max_bytes").isPresent()) {
            throw input.get("max_bytes").mismatch("is of texts only, and the type is " + name);
        }
        return switch (name) {
            case "bool" -> Field.Type.BOOL;
            case "int8" -> new Field.Type.Int(8);
            case "int16" -> new Field.Type.Int(16);
            case "int32" -> new Field.Type.Int(32);
            case "int64" -> Field.Type.INTEGER;
            case "float32" -> new Field.Type.Real(32);
            case "float64" -> Field.Type.REAL;
            case "text" -> input.find("max_bytes").isEmpty() ? usualText(usual) : text(input);
            default -> throw input.get("type").wrong("one of " + String.join(", ", ELEMENTS));
        };
    }

    private static Field.Type usualText(Field.Type usual) {
        return usual instanceof Field.Type.Text ? usual : new Field.Type.Text(TEXT_BYTES);
    }

    private static Field.Type text(JsonInput input) {
        int bytes = input.get("max_bytes").whole(1, Field.Type.Text.MOST_BYTES);
        return input.get("max_bytes").make(() -> new Field.Type.Text(bytes));
    }

    /** Into the object of the field. */
    static void write(JsonGenerator out, Field.Type type) throws IOException {
        if (type instanceof Field.Type.Array array) {
            out.writeStringField("type", "array");
            out.writeObjectFieldStart("element");
            write(out, array.element());
            out.writeEndObject();
            out.writeNumberField("capacity", array.capacity());
        } else {
            out.writeStringField("type", name(type));
            if (type instanceof Field.Type.Text text) {
                out.writeNumberField("max_bytes", text.maxBytes());
            }
        }
    }

    private static String name(Field.Type type) {
        if (type instanceof Field.Type.Int whole) {
            return "int" + whole.bits();
        }
        if (type instanceof Field.Type.Real real) {
            return "float" + real.bits();
        }
        return type instanceof Field.Type.Text ? "text" : type instanceof Field.Type.Bool ? "bool" : "json";
    }
}
