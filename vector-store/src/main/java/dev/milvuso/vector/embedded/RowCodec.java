package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An entity as bytes; its schema says what vectors it has. Values say what they are. */
final class RowCodec {
    private RowCodec() {}

    /** @param entity with a key */
    static void write(DataOutputStream out, CollectionSchema schema, Entity entity) throws IOException {
        writeId(out, entity.key().orElseThrow());
        for (VectorField field : schema.vectors()) {
            writeVector(out, Objects.requireNonNull(entity.vectors().get(field.name())));
        }
        out.writeInt(entity.fields().size());
        for (Map.Entry<String, Object> field : entity.fields().entrySet()) {
            writeText(out, field.getKey());
            writeValue(out, field.getValue());
        }
    }

    static Entity read(DataInputStream in, CollectionSchema schema) throws IOException {
        Id key = readId(in);
        Map<String, Vector> vectors = new HashMap<>();
        for (VectorField field : schema.vectors()) {
            vectors.put(field.name(), readVector(in, field.type()));
        }
        Map<String, Object> fields = new HashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            fields.put(readText(in), Objects.requireNonNull(readValue(in)));
        }
        return new Entity(Optional.of(key), vectors, fields);
    }

    static void writeId(DataOutputStream out, Id key) throws IOException {
        writeValue(out, key.plain());
    }

    static Id readId(DataInputStream in) throws IOException {
        Object value = readValue(in);
        return value instanceof String text ? Id.of(text) : Id.of((Long) Objects.requireNonNull(value));
    }

    private static void writeVector(DataOutputStream out, Vector vector) throws IOException {
        if (vector instanceof Vector.Dense dense) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * dense.numbers().length);
            bytes.asFloatBuffer().put(dense.numbers());
            out.write(bytes.array());
        } else if (vector instanceof Vector.Binary binary) {
            out.write(binary.bits());
        } else {
            Vector.Sparse sparse = (Vector.Sparse) vector;
            out.writeInt(sparse.indices().length);
            for (int i = 0; i < sparse.indices().length; i++) {
                out.writeInt(sparse.indices()[i]);
                out.writeFloat(sparse.numbers()[i]);
            }
        }
    }

    private static Vector readVector(DataInputStream in, VectorField.Type type) throws IOException {
        if (type instanceof VectorField.Type.Dense dense) {
            return Vector.of(floats(in, dense.dimension()));
        }
        if (type instanceof VectorField.Type.Binary binary) {
            return new Vector.Binary(in.readNBytes(binary.dimension() / 8));
        }
        int[] indices = new int[in.readInt()];
        float[] numbers = new float[indices.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = in.readInt();
            numbers[i] = in.readFloat();
        }
        return new Vector.Sparse(indices, numbers);
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] numbers = new float[count];
        ByteBuffer.wrap(in.readNBytes(Float.BYTES * count)).asFloatBuffer().get(numbers);
        return numbers;
    }

    static void writeValue(DataOutputStream out, @Nullable Object value) throws IOException {
        if (value instanceof String text) {
            out.writeByte('t');
            writeText(out, text);
        } else if (value instanceof Long number) {
            out.writeByte('i');
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte('d');
            out.writeDouble(number);
        } else if (value instanceof Float number) {
            out.writeByte('f');
            out.writeFloat(number);
        } else if (value instanceof Boolean truth) {
            out.writeByte(truth ? '+' : '-');
        } else if (value instanceof List<?> list) {
            out.writeByte('l');
            out.writeInt(list.size());
            for (Object element : list) {
                writeValue(out, element);
            }
        } else if (value instanceof Map<?, ?> object) {
            out.writeByte('m');
            out.writeInt(object.size());
            for (Map.Entry<?, ?> member : object.entrySet()) {
                writeText(out, (String) member.getKey());
                writeValue(out, member.getValue());
            }
        } else {
            out.writeByte('0');
        }
    }

    static @Nullable Object readValue(DataInputStream in) throws IOException {
        char kind = (char) in.readByte();
        return switch (kind) {
            case 't' -> readText(in);
            case 'i' -> in.readLong();
            case 'd' -> in.readDouble();
            case 'f' -> in.readFloat();
            case '+' -> true;
            case '-' -> false;
            case 'l' -> list(in);
            case 'm' -> object(in);
            case '0' -> null;
            default -> throw new IllegalStateException("unknown value type " + kind + " in the vector store's file");
        };
    }

    private static List<@Nullable Object> list(DataInputStream in) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            list.add(readValue(in));
        }
        return list;
    }

    private static Map<String, @Nullable Object> object(DataInputStream in) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            object.put(readText(in), readValue(in));
        }
        return object;
    }

    /** Texts may be longer than {@link DataOutputStream#writeUTF} takes. */
    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
