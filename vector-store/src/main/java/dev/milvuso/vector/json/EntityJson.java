package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Entities of one collection: an object with a member for the key, each vector and each field. Immutable. */
public final class EntityJson {
    private static final int SHOWN = 10;

    private final CollectionSchema schema;
    private final boolean longsAsText;
    private final Map<String, Field> fields;
    private final Map<String, VectorField> vectors;

    public EntityJson(CollectionSchema schema) {
        this(schema, false);
    }

    /** @param longsAsText whether keys and fields of 64 bits are written as texts of digits */
    public EntityJson(CollectionSchema schema, boolean longsAsText) {
        this.schema = schema;
        this.longsAsText = longsAsText;
        this.fields = schema.fields().stream().collect(Collectors.toMap(Field::name, Function.identity()));
        this.vectors = schema.vectors().stream().collect(Collectors.toMap(VectorField::name, Function.identity()));
    }

    public CollectionSchema schema() {
        return schema;
    }

    /**
     * Whether it is whole is the store's to say.
     *
     * @throws JsonMismatch naming the place of what does not fit the schema
     */
    public Entity read(JsonInput input) {
        Optional<Id> key = input.find(schema.key().name()).map(this::key);
        Map<String, Vector> vectorValues = new HashMap<>();
        Map<String, Object> values = new HashMap<>();
        for (String name : input.names()) {
            Optional<JsonInput> value = input.find(name);
            VectorField vector = vectors.get(name);
            Field field = fields.get(name);
            if (vector != null) {
                value.ifPresent(it -> vectorValues.put(name, VectorJson.read(it, vector.type())));
            } else if (field != null) {
                value.ifPresent(it -> values.put(name, ValueJson.read(it, field.type())));
            } else if (!name.equals(schema.key().name())) {
                value.map(ValueJson::any).ifPresent(it -> values.put(name, dynamic(input, name, it)));
                refuseUnlessDynamic(input, name);
            }
        }
        return new Entity(key, vectorValues, values);
    }

    private Object dynamic(JsonInput input, String name, Object value) {
        refuseUnlessDynamic(input, name);
        return value;
    }

    private void refuseUnlessDynamic(JsonInput input, String name) {
        if (!schema.dynamic()) {
            throw input.member(name)
                    .mismatch("is an unknown field: collection " + schema.name() + " has "
                            + Stream.of(
                                            Stream.of(schema.key().name()),
                                            vectors.keySet().stream(),
                                            fields.keySet().stream())
                                    .flatMap(Function.identity())
                                    .limit(SHOWN)
                                    .collect(Collectors.joining(", ")));
        }
    }

    public Id key(JsonInput input) {
        KeyField key = schema.key();
        if (key.type() instanceof Field.Type.Text type) {
            String text = ValueJson.text(input, type);
            if (text.isEmpty()) {
                throw input.mismatch("is empty: must be a text");
            }
            return Id.of(text);
        }
        return Id.of(ValueJson.integer(input, (Field.Type.Int) key.type()));
    }

    /** @param most keys */
    public List<Id> keys(JsonInput input, int most) {
        return input.elements(most).stream().map(this::key).toList();
    }

    public Vector vector(JsonInput input, VectorField field) {
        return VectorJson.read(input, field.type());
    }

    /** What is not there is left out; what is not in the schema comes last, by name. */
    public void write(JsonGenerator out, Entity entity) throws IOException {
        out.writeStartObject();
        if (entity.key().isPresent()) {
            out.writeFieldName(schema.key().name());
            writeKey(out, entity.key().get());
        }
        for (VectorField field : schema.vectors()) {
            Vector vector = entity.vectors().get(field.name());
            if (vector != null) {
                out.writeFieldName(field.name());
                VectorJson.write(out, vector);
            }
        }
        for (Field field : schema.fields()) {
            Object value = entity.fields().get(field.name());
            if (value != null) {
                out.writeFieldName(field.name());
                ValueJson.write(out, value, longsAsText && isLong(field.type()));
            }
        }
        for (Map.Entry<String, Object> value : new TreeMap<>(entity.fields()).entrySet()) {
            if (!fields.containsKey(value.getKey())) {
                out.writeFieldName(value.getKey());
                ValueJson.write(out, value.getValue(), false);
            }
        }
        out.writeEndObject();
    }

    private static boolean isLong(Field.Type type) {
        return type.equals(Field.Type.INTEGER)
                || (type instanceof Field.Type.Array array && array.element().equals(Field.Type.INTEGER));
    }

    public void writeKey(JsonGenerator out, Id key) throws IOException {
        ValueJson.write(out, key.plain(), longsAsText);
    }

    public void writeKeys(JsonGenerator out, Iterable<Id> keys) throws IOException {
        out.writeStartArray();
        for (Id key : keys) {
            writeKey(out, key);
        }
        out.writeEndArray();
    }

    public void writeAll(JsonGenerator out, Iterable<Entity> entities) throws IOException {
        out.writeStartArray();
        for (Entity entity : entities) {
            write(out, entity);
        }
        out.writeEndArray();
    }

    public Hit hit(JsonInput input) {
        input.object("key", "score", "entity");
        return new Hit(
                key(input.get("key")),
                input.get("score").single(),
                input.find("entity").map(this::read));
    }

    /** With its entity, if something of it was asked for. */
    public void write(JsonGenerator out, Hit hit) throws IOException {
        out.writeStartObject();
        out.writeFieldName("key");
        writeKey(out, hit.key());
        out.writeNumberField("score", hit.score());
        if (hit.entity().isPresent()) {
            out.writeFieldName("entity");
            write(out, hit.entity().get());
        }
        out.writeEndObject();
    }
}
