package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Metric;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A change of the store, as it stands in the {@link Journal}. */
sealed interface JournalRecord {
    record Create(CollectionSchema schema) implements JournalRecord {}

    record Drop(String collection) implements JournalRecord {}

    record Upsert(String collection, List<Entity> entities) implements JournalRecord {}

    record Delete(String collection, List<String> ids) implements JournalRecord {}

    private static void names(DataOutputStream out, Collection<String> names) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    static byte[] create(CollectionSchema schema) {
        return bytes('C', out -> {
            out.writeUTF(schema.name());
            out.writeInt(schema.dimension());
            out.writeUTF(schema.metric().name());
            out.writeInt(schema.fields().size());
            for (Field field : schema.fields()) {
                out.writeUTF(field.name());
                out.writeUTF(field.type().name());
            }
        });
    }

    static byte[] drop(String collection) {
        return bytes('R', out -> out.writeUTF(collection));
    }

    static byte[] delete(String collection, Collection<String> ids) {
        return bytes('D', out -> {
            out.writeUTF(collection);
            names(out, ids);
        });
    }

    static byte[] upsert(CollectionSchema schema, List<Entity> entities) {
        return bytes('U', out -> {
            out.writeUTF(schema.name());
            out.writeInt(entities.size());
            for (Entity entity : entities) {
                out.writeUTF(entity.id());
                for (float number : entity.vector()) {
                    out.writeFloat(number);
                }
                for (Field field : schema.fields()) {
                    value(out, field, entity.fields());
                }
            }
        });
    }

    private static void value(DataOutputStream out, Field field, Map<String, Object> fields) throws IOException {
        Object value = fields.get(field.name());
        if (value instanceof String text) {
            out.writeUTF(text);
        } else if (value instanceof Long number) {
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeDouble(number);
        } else {
            out.writeBoolean(Boolean.TRUE.equals(value));
        }
    }

    /**
     * @param schemas of the collections that the records before this one have made
     * @throws IllegalStateException if it is not such a record
     */
    static JournalRecord parse(byte[] record, Function<String, CollectionSchema> schemas) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
            byte type = in.readByte();
            return switch (type) {
                case 'C' -> new Create(schema(in));
                case 'R' -> new Drop(in.readUTF());
                case 'D' -> new Delete(in.readUTF(), names(in));
                case 'U' -> {
                    CollectionSchema schema = schemas.apply(in.readUTF());
                    yield new Upsert(schema.name(), entities(in, schema));
                }
                default ->
                    throw new IllegalStateException("unknown record type " + type + " in the vector store's file");
            };
        } catch (IOException e) {
            throw new UncheckedIOException("a record of the vector store's file ends too early", e);
        }
    }

    private static CollectionSchema schema(DataInputStream in) throws IOException {
        String name = in.readUTF();
        int dimension = in.readInt();
        Metric metric = Metric.valueOf(in.readUTF());
        List<Field> fields = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            fields.add(new Field(in.readUTF(), Field.Type.valueOf(in.readUTF())));
        }
        return new CollectionSchema(name, dimension, metric, fields);
    }

    private static List<String> names(DataInputStream in) throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            names.add(in.readUTF());
        }
        return names;
    }

    private static List<Entity> entities(DataInputStream in, CollectionSchema schema) throws IOException {
        int count = in.readInt();
        List<Entity> entities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = in.readUTF();
            float[] vector = new float[schema.dimension()];
            for (int j = 0; j < vector.length; j++) {
                vector[j] = in.readFloat();
            }
            Map<String, Object> fields = new HashMap<>();
            for (Field field : schema.fields()) {
                fields.put(
                        field.name(),
                        switch (field.type()) {
                            case TEXT -> in.readUTF();
                            case INTEGER -> in.readLong();
                            case REAL -> in.readDouble();
                            case BOOL -> in.readBoolean();
                        });
            }
            entities.add(new Entity(id, vector, fields));
        }
        return entities;
    }

    /** Writes a record's content. */
    interface Content {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(char type, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(type);
            content.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
