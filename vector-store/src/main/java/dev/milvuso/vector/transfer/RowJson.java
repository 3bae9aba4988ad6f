package dev.milvuso.vector.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row as one line of JSON: key, vectors and fields side by side under their names, which a schema has each only once.
 * Equal rows are equal lines.
 */
final class RowJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final CollectionSchema schema;
    private final Map<String, VectorField.Type> vectors = new HashMap<>();
    private final Map<String, Field.Type> fields = new HashMap<>();

    RowJson(CollectionSchema schema) {
        this.schema = schema;
        schema.vectors().forEach(vector -> vectors.put(vector.name(), vector.type()));
        schema.fields().forEach(field -> fields.put(field.name(), field.type()));
    }

    /** With a line feed at its end. */
    byte[] line(Entity row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.setRootValueSeparator(new SerializedString(""));
            json.writeStartObject();
            json.writeFieldName(schema.key().name());
            ValueJson.write(json, row.key().orElseThrow().plain());
            for (VectorField vector : schema.vectors()) {
                Vector value = row.vectors().get(vector.name());
                if (value != null) {
                    json.writeFieldName(vector.name());
                    VectorJson.write(json, value);
                }
            }
            for (Map.Entry<String, Object> field : new TreeMap<>(row.fields()).entrySet()) {
                json.writeFieldName(field.getKey());
                ValueJson.write(json, field.getValue());
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException saying in one line what is wrong */
    Entity row(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("the row is no JSON object");
            }
            Entity row = members(json);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("there is more than one JSON value in the line");
            }
            return row;
        } catch (IOException e) {
            throw new IllegalArgumentException("the row is not valid JSON: " + firstLine(e), e);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the row holds a number that is none: " + firstLine(e), e);
        }
    }

    private Entity members(JsonParser json) throws IOException {
        Optional<Id> key = Optional.empty();
        Map<String, Vector> found = new HashMap<>();
        Map<String, Object> values = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            if (name.equals(schema.key().name())) {
                key = Optional.of(key(json));
            } else if (token != JsonToken.VALUE_NULL) {
                VectorField.Type vector = vectors.get(name);
                if (vector != null) {
                    found.put(name, VectorJson.read(json, vector));
                } else {
                    value(json, name).ifPresent(value -> values.put(name, value));
                }
            }
        }
        if (key.isEmpty()) {
            throw new IllegalArgumentException(
                    "the row has no key: " + schema.key().name() + " is missing");
        }
        return new Entity(key, found, values);
    }

    private Id key(JsonParser json) throws IOException {
        Object key = ValueJson.read(json, schema.key().type());
        return key instanceof String text ? Id.of(text) : Id.of((Long) key);
    }

    private Optional<Object> value(JsonParser json, String name) throws IOException {
        Field.Type type = fields.get(name);
        if (type == null && !schema.dynamic()) {
            throw new IllegalArgumentException("there is no field " + name);
        }
        @Nullable Object value = type == null ? ValueJson.plain(json) : ValueJson.read(json, type);
        return Optional.ofNullable(value);
    }

    private static String firstLine(Exception fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
    }
}
