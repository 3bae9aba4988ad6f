package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.BinaryMetric;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.VectorField;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Schemas of collections. What is written reads as the same schema again. */
public final class SchemaJson {
    private static final int MOST = 64;
    private static final List<String> VECTORS = List.of("float32", "float16", "bfloat16", "binary", "sparse");

    private static final List<String> KEYS = List.of("int64", "text");

    private SchemaJson() {}

    /** @throws JsonMismatch naming the place of what is wrong */
    public static CollectionSchema read(JsonInput input) {
        input.object("name", "key", "vectors", "fields", "dynamic", "partition_key", "time_to_live_seconds");
        String name = input.get("name")
                .make(() -> Names.checked("collection", input.get("name").text()));
        KeyField key = input.find("key").map(SchemaJson::key).orElse(KeyField.TEXT);
        List<VectorField> vectors = input.get("vectors").elements(MOST).stream()
                .map(SchemaJson::vector)
                .toList();
        List<Field> fields = input.find("fields").map(it -> it.elements(MOST)).orElse(List.of()).stream()
                .map(SchemaJson::field)
                .toList();
        boolean dynamic = input.find("dynamic").map(JsonInput::truth).orElse(false);
        Optional<String> partitionKey = input.find("partition_key").map(JsonInput::text);
        Optional<Duration> time = input.find("time_to_live_seconds")
                .map(seconds -> Duration.ofSeconds(seconds.whole(1, Integer.MAX_VALUE)));
        return input.make(() -> new CollectionSchema(name, key, vectors, fields, dynamic, partitionKey, time));
    }

    private static KeyField key(JsonInput input) {
        input.object("name", "type", "max_bytes", "generated");
        String name = input.find("name").map(JsonInput::text).orElse(CollectionSchema.ID);
        boolean generated = input.find("generated").map(JsonInput::truth).orElse(false);
        input.find("type").filter(type -> !KEYS.contains(type.text())).ifPresent(type -> {
            throw type.wrong("one of " + String.join(", ", KEYS));
        });
        Field.Type type = TypeJson.element(input, KeyField.TEXT.type());
        return input.make(() -> new KeyField(name, type, generated));
    }

    private static VectorField vector(JsonInput input) {
        input.object("name", "type", "dimension", "metric");
        String name = input.get("name").text();
        String kind = input.find("type").map(JsonInput::text).orElse("float32");
        if (!VECTORS.contains(kind)) {
            throw input.get("type").wrong("one of " + String.join(", ", VECTORS));
        }
        VectorField.Type type = kind.equals("sparse") ? sparse(input) : withDimension(input, kind);
        return input.make(() -> new VectorField(name, type));
    }

    private static VectorField.Type sparse(JsonInput input) {
        input.object("name", "type");
        return new VectorField.Type.Sparse();
    }

    private static VectorField.Type withDimension(JsonInput input, String kind) {
        if (kind.equals("binary")) {
            int dimension = input.get("dimension").whole(8, VectorField.Type.Binary.MOST_BITS);
            BinaryMetric metric = input.find("metric")
                    .map(it -> it.oneOf(BinaryMetric.values()))
                    .orElse(BinaryMetric.HAMMING);
            return input.get("dimension").make(() -> new VectorField.Type.Binary(dimension, metric));
        }
        Metric metric = input.find("metric").map(SchemaJson::metric).orElse(Metric.COSINE);
        int dimension =
                input.get("dimension").whole(VectorField.Type.Dense.LEAST_NUMBERS, VectorField.Type.Dense.MOST_NUMBERS);
        VectorField.Precision precision = VectorField.Precision.valueOf(kind.toUpperCase(Locale.ROOT));
        return input.get("dimension").make(() -> new VectorField.Type.Dense(dimension, precision, metric));
    }

    /** By our name or by Milvus's. */
    private static Metric metric(JsonInput input) {
        return Metric.byMilvusName(input.text()).orElseGet(() -> input.oneOf(Metric.values()));
    }

    private static Field field(JsonInput input) {
        String name = input.get("name").text();
        Field.Type type = TypeJson.read(input);
        boolean nullable = input.find("nullable").map(JsonInput::truth).orElse(false);
        Optional<Object> usual = input.find("default").map(it -> ValueJson.read(it, type));
        return input.make(() -> new Field(name, type, nullable, usual));
    }

    public static void write(JsonGenerator out, CollectionSchema schema) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", schema.name());
        out.writeFieldName("key");
        out.writeStartObject();
        out.writeStringField("name", schema.key().name());
        TypeJson.write(out, schema.key().type());
        out.writeBooleanField("generated", schema.key().generated());
        out.writeEndObject();
        out.writeArrayFieldStart("vectors");
        for (VectorField vector : schema.vectors()) {
            write(out, vector);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("fields");
        for (Field field : schema.fields()) {
            write(out, field);
        }
        out.writeEndArray();
        out.writeBooleanField("dynamic", schema.dynamic());
        if (schema.partitionKey().isPresent()) {
            out.writeStringField("partition_key", schema.partitionKey().get());
        }
        if (schema.timeToLive().isPresent()) {
            out.writeNumberField(
                    "time_to_live_seconds", schema.timeToLive().get().toSeconds());
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, VectorField vector) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", vector.name());
        if (vector.type() instanceof VectorField.Type.Dense dense) {
            out.writeStringField("type", label(dense.precision()));
            out.writeNumberField("dimension", dense.dimension());
            out.writeStringField("metric", dense.metric().label());
        } else if (vector.type() instanceof VectorField.Type.Binary binary) {
            out.writeStringField("type", "binary");
            out.writeNumberField("dimension", binary.dimension());
            out.writeStringField("metric", label(binary.metric()));
        } else {
            out.writeStringField("type", "sparse");
        }
        out.writeEndObject();
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void write(JsonGenerator out, Field field) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", field.name());
        TypeJson.write(out, field.type());
        if (field.nullable()) {
            out.writeBooleanField("nullable", true);
        }
        if (field.defaultValue().isPresent()) {
            out.writeFieldName("default");
            ValueJson.write(out, field.defaultValue().get(), false);
        }
        out.writeEndObject();
    }
}
