package dev.milvuso.vector.embedded;

import dev.milvuso.vector.BinaryMetric;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.bytes.ValueBytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A schema as bytes. */
final class SchemaCodec {
    private SchemaCodec() {}

    static void write(DataOutputStream out, CollectionSchema schema) throws IOException {
        out.writeUTF(schema.name());
        out.writeUTF(schema.key().name());
        writeType(out, schema.key().type());
        out.writeBoolean(schema.key().generated());
        out.writeInt(schema.vectors().size());
        for (VectorField vector : schema.vectors()) {
            out.writeUTF(vector.name());
            writeType(out, vector.type());
        }
        out.writeInt(schema.fields().size());
        for (Field field : schema.fields()) {
            out.writeUTF(field.name());
            writeType(out, field.type());
            out.writeBoolean(field.nullable());
            ValueBytes.write(out, field.defaultValue().orElse(null));
        }
        out.writeBoolean(schema.dynamic());
        out.writeUTF(schema.partitionKey().orElse(""));
        out.writeLong(schema.timeToLive().map(Duration::toSeconds).orElse(0L));
    }

    static CollectionSchema read(DataInputStream in) throws IOException {
        String name = in.readUTF();
        KeyField key = new KeyField(in.readUTF(), readType(in), in.readBoolean());
        List<VectorField> vectors = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            vectors.add(new VectorField(in.readUTF(), readVectorType(in)));
        }
        List<Field> fields = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            fields.add(
                    new Field(in.readUTF(), readType(in), in.readBoolean(), Optional.ofNullable(ValueBytes.read(in))));
        }
        boolean dynamic = in.readBoolean();
        Optional<String> partitionKey = Optional.of(in.readUTF()).filter(field -> !field.isEmpty());
        Optional<Duration> timeToLive =
                Optional.of(in.readLong()).filter(seconds -> seconds > 0).map(Duration::ofSeconds);
        return new CollectionSchema(name, key, vectors, fields, dynamic, partitionKey, timeToLive);
    }

    private static void writeType(DataOutputStream out, VectorField.Type type) throws IOException {
        if (type instanceof VectorField.Type.Dense dense) {
            out.writeByte('d');
            out.writeInt(dense.dimension());
            out.writeUTF(dense.precision().name());
            out.writeUTF(dense.metric().name());
        } else if (type instanceof VectorField.Type.Binary binary) {
            out.writeByte('b');
            out.writeInt(binary.dimension());
            out.writeUTF(binary.metric().name());
        } else {
            out.writeByte('s');
        }
    }

    private static VectorField.Type readVectorType(DataInputStream in) throws IOException {
        char kind = (char) in.readByte();
        return switch (kind) {
            case 'd' ->
                new VectorField.Type.Dense(
                        in.readInt(), VectorField.Precision.valueOf(in.readUTF()), Metric.valueOf(in.readUTF()));
            case 'b' -> new VectorField.Type.Binary(in.readInt(), BinaryMetric.valueOf(in.readUTF()));
            case 's' -> new VectorField.Type.Sparse();
            default -> throw new IllegalStateException("unknown vector type " + kind + " in the vector store's file");
        };
    }

    private static void writeType(DataOutputStream out, Field.Type type) throws IOException {
        if (type instanceof Field.Type.Text text) {
            out.writeByte('t');
            out.writeInt(text.maxBytes());
        } else if (type instanceof Field.Type.Int whole) {
            out.writeByte('i');
            out.writeInt(whole.bits());
        } else if (type instanceof Field.Type.Real real) {
            out.writeByte('r');
            out.writeInt(real.bits());
        } else if (type instanceof Field.Type.Array array) {
            out.writeByte('a');
            out.writeInt(array.capacity());
            writeType(out, array.element());
        } else {
            out.writeByte(type instanceof Field.Type.Json ? 'j' : 'b');
        }
    }

    private static Field.Type readType(DataInputStream in) throws IOException {
        char kind = (char) in.readByte();
        return switch (kind) {
            case 't' -> new Field.Type.Text(in.readInt());
            case 'i' -> new Field.Type.Int(in.readInt());
            case 'r' -> new Field.Type.Real(in.readInt());
            case 'a' -> {
                int capacity = in.readInt();
                yield new Field.Type.Array((Field.Type.Element) readType(in), capacity);
            }
            case 'j' -> Field.Type.JSON;
            case 'b' -> Field.Type.BOOL;
            default -> throw new IllegalStateException("unknown field type " + kind + " in the vector store's file");
        };
    }
}
