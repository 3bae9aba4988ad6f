package dev.milvuso.vector.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.vector.BinaryMetric;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorField;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A schema as JSON, and back. Readers throw {@link IllegalArgumentException} naming what is missing or wrong. */
final class SchemaJson {
    private SchemaJson() {}

    static void write(JsonGenerator json, CollectionSchema schema) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", schema.name());
        json.writeObjectFieldStart("key");
        json.writeStringField("name", schema.key().name());
        json.writeFieldName("type");
        writeType(json, schema.key().type());
        json.writeBooleanField("generated", schema.key().generated());
        json.writeEndObject();
        json.writeArrayFieldStart("vectors");
        for (VectorField vector : schema.vectors()) {
            writeVector(json, vector);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("fields");
        for (Field field : schema.fields()) {
            writeField(json, field);
        }
        json.writeEndArray();
        json.writeBooleanField("dynamic", schema.dynamic());
        if (schema.partitionKey().isPresent()) {
            json.writeStringField("partition_key", schema.partitionKey().get());
        }
        if (schema.timeToLive().isPresent()) {
            json.writeNumberField(
                    "time_to_live_seconds", schema.timeToLive().get().toSeconds());
        }
        json.writeEndObject();
    }

    private static void writeVector(JsonGenerator json, VectorField vector) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", vector.name());
        if (vector.type() instanceof VectorField.Type.Dense dense) {
            json.writeStringField("kind", "dense");
            json.writeNumberField("dimension", dense.dimension());
            json.writeStringField("precision", lower(dense.precision()));
            json.writeStringField("metric", lower(dense.metric()));
        } else if (vector.type() instanceof VectorField.Type.Binary binary) {
            json.writeStringField("kind", "binary");
            json.writeNumberField("dimension", binary.dimension());
            json.writeStringField("metric", lower(binary.metric()));
        } else {
            json.writeStringField("kind", "sparse");
        }
        json.writeEndObject();
    }

    private static void writeField(JsonGenerator json, Field field) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", field.name());
        json.writeFieldName("type");
        writeType(json, field.type());
        json.writeBooleanField("nullable", field.nullable());
        if (field.defaultValue().isPresent()) {
            json.writeFieldName("default");
            ValueJson.write(json, field.defaultValue().get());
        }
        json.writeEndObject();
    }

    private static void writeType(JsonGenerator json, Field.Type type) throws IOException {
        json.writeStartObject();
        if (type instanceof Field.Type.Text text) {
            json.writeStringField("kind", "text");
            json.writeNumberField("max_bytes", text.maxBytes());
        } else if (type instanceof Field.Type.Int whole) {
            json.writeStringField("kind", "int");
            json.writeNumberField("bits", whole.bits());
        } else if (type instanceof Field.Type.Real real) {
            json.writeStringField("kind", "real");
            json.writeNumberField("bits", real.bits());
        } else if (type instanceof Field.Type.Array array) {
            json.writeStringField("kind", "array");
            json.writeNumberField("capacity", array.capacity());
            json.writeFieldName("element");
            writeType(json, array.element());
        } else {
            json.writeStringField("kind", type instanceof Field.Type.Json ? "json" : "bool");
        }
        json.writeEndObject();
    }

    static CollectionSchema read(JsonNode node) throws IOException {
        JsonNode key = node.path("key");
        List<VectorField> vectors = new ArrayList<>();
        for (JsonNode vector : node.path("vectors")) {
            vectors.add(new VectorField(text(vector, "name"), vectorType(vector)));
        }
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : node.path("fields")) {
            fields.add(field(field));
        }
        return new CollectionSchema(
                text(node, "name"),
                new KeyField(
                        text(key, "name"),
                        type(key.path("type")),
                        key.path("generated").asBoolean()),
                vectors,
                fields,
                node.path("dynamic").asBoolean(),
                node.has("partition_key") ? Optional.of(text(node, "partition_key")) : Optional.empty(),
                node.has("time_to_live_seconds")
                        ? Optional.of(Duration.ofSeconds(number(node, "time_to_live_seconds")))
                        : Optional.empty());
    }

    private static Field field(JsonNode node) throws IOException {
        Field.Type type = type(node.path("type"));
        Optional<Object> otherwise = Optional.empty();
        if (node.has("default")) {
            try (JsonParser json = node.get("default").traverse()) {
                json.nextToken();
                otherwise = Optional.of(ValueJson.read(json, type));
            }
        }
        return new Field(text(node, "name"), type, node.path("nullable").asBoolean(), otherwise);
    }

    private static VectorField.Type vectorType(JsonNode node) {
        String kind = text(node, "kind");
        return switch (kind) {
            case "dense" ->
                new VectorField.Type.Dense(
                        number(node, "dimension"),
                        VectorField.Precision.valueOf(upper(node, "precision")),
                        Metric.valueOf(upper(node, "metric")));
            case "binary" ->
                new VectorField.Type.Binary(number(node, "dimension"), BinaryMetric.valueOf(upper(node, "metric")));
            case "sparse" -> new VectorField.Type.Sparse();
            default -> throw new IllegalArgumentException("unknown kind of vector '" + kind + "'");
        };
    }

    private static Field.Type type(JsonNode node) {
        String kind = text(node, "kind");
        return switch (kind) {
            case "text" -> new Field.Type.Text(number(node, "max_bytes"));
            case "int" -> new Field.Type.Int(number(node, "bits"));
            case "real" -> new Field.Type.Real(number(node, "bits"));
            case "array" -> {
                if (!(type(node.path("element")) instanceof Field.Type.Element element)) {
                    throw new IllegalArgumentException("an array of arrays or of JSON");
                }
                yield new Field.Type.Array(element, number(node, "capacity"));
            }
            case "json" -> Field.Type.JSON;
            case "bool" -> Field.Type.BOOL;
            default -> throw new IllegalArgumentException("unknown type '" + kind + "'");
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(JsonNode node, String name) {
        return text(node, name).toUpperCase(Locale.ROOT);
    }

    static String text(JsonNode node, String name) {
        if (!node.path(name).isTextual()) {
            throw new IllegalArgumentException(name + " is missing or no text");
        }
        return node.path(name).textValue();
    }

    static int number(JsonNode node, String name) {
        if (!node.path(name).canConvertToInt()) {
            throw new IllegalArgumentException(name + " is missing or no number");
        }
        return node.path(name).intValue();
    }
}
