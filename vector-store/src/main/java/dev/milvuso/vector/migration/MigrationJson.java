package dev.milvuso.vector.migration;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.SchemaJson;
import dev.milvuso.vector.json.ValueJson;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A version of a collection, with a change of rows that can be said in JSON: fields get other names or a value, and
 * what the new schema does not have is left out.
 */
public final class MigrationJson {
    /**
     * Where an alias stands.
     *
     * @param versions that are there, in order
     * @param running what is being done, as far as whoever asks knows
     * @param failure why the last try ended early
     */
    public record Status(
            String alias,
            Optional<Integer> current,
            List<Integer> versions,
            Optional<Run> running,
            Optional<String> failure) {}

    /** How far a step towards a version is, as {@link MigrationProgress} tells it. */
    public record Run(int version, MigrationProgress.Step step, long rows, long all) {}

    /**
     * @param values of fields that a row does not have, by name
     * @param renamed what a field was called before, by what it is called now
     */
    private record Change(CollectionSchema schema, Map<String, Object> values, Map<String, String> renamed) {
        Optional<Entity> of(Entity row) {
            Map<String, Vector> vectors = new HashMap<>();
            for (VectorField field : schema.vectors()) {
                Vector vector = row.vectors().get(before(field.name()));
                if (vector != null) {
                    vectors.put(field.name(), vector);
                }
            }
            Map<String, Object> fields = new HashMap<>(schema.dynamic() ? row.fields() : Map.of());
            renamed.values().forEach(fields::remove);
            fields.putAll(values);
            for (Field field : schema.fields()) {
                Object value = row.fields().get(before(field.name()));
                if (value != null) {
                    fields.put(field.name(), value);
                }
            }
            return Optional.of(new Entity(row.key(), vectors, fields));
        }

        private String before(String name) {
            return renamed.getOrDefault(name, name);
        }
    }

    private MigrationJson() {}

    /** @throws dev.milvuso.vector.json.JsonMismatch naming the place of what is wrong */
    public static Migration read(JsonInput input) {
        input.object("version", "schema", "values", "renamed", "adopt");
        int version = input.get("version").whole(1, 999_999_999);
        CollectionSchema schema = SchemaJson.read(input.get("schema"));
        Map<String, Object> values = new HashMap<>();
        input.find("values")
                .ifPresent(all -> all.names().forEach(name -> {
                    JsonInput value = all.get(name);
                    Field field = schema.field(name)
                            .orElseThrow(() -> value.mismatch("is a value of a field that the schema does not have"));
                    values.put(name, ValueJson.read(value, field.type()));
                }));
        Map<String, String> renamed = new HashMap<>();
        input.find("renamed")
                .ifPresent(all -> all.names().forEach(name -> {
                    JsonInput before = all.get(name);
                    requireOwn(schema, before, name);
                    renamed.put(name, before.make(() -> Names.checked("field", before.text())));
                }));
        return new Migration(version, schema, new Change(schema, values, renamed)::of);
    }

    /** Whether a collection that is called as the alias is to become version 1 first. */
    public static boolean adopts(JsonInput input) {
        return input.find("adopt").map(JsonInput::truth).orElse(false);
    }

    private static void requireOwn(CollectionSchema schema, JsonInput place, String name) {
        boolean isVector =
                schema.vectors().stream().anyMatch(field -> field.name().equals(name));
        if (!isVector && schema.field(name).isEmpty()) {
            throw place.mismatch("is to be called " + name + ", a field that the schema does not have");
        }
    }

    public static void write(JsonGenerator out, Status status) throws IOException {
        out.writeStartObject();
        out.writeStringField("alias", status.alias());
        if (status.current().isPresent()) {
            out.writeNumberField("current", status.current().get());
        } else {
            out.writeNullField("current");
        }
        out.writeArrayFieldStart("versions");
        for (int version : status.versions()) {
            out.writeNumber(version);
        }
        out.writeEndArray();
        if (status.running().isPresent()) {
            Run run = status.running().get();
            out.writeObjectFieldStart("running");
            out.writeNumberField("version", run.version());
            out.writeStringField("step", run.step().name().toLowerCase(Locale.ROOT));
            out.writeNumberField("rows", run.rows());
            out.writeNumberField("all", run.all());
            out.writeEndObject();
        }
        if (status.failure().isPresent()) {
            out.writeStringField("failure", status.failure().get());
        }
        out.writeEndObject();
    }
}
