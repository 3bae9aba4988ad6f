package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.bytes.ValueBytes;
import dev.milvuso.vector.bytes.VectorBytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An entity as bytes; its schema says what vectors it has. Values say what they are. */
final class RowCodec {
    private RowCodec() {}

    /** @param entity with a key */
    static void write(DataOutputStream out, CollectionSchema schema, Entity entity) throws IOException {
        ValueBytes.writeId(out, entity.key().orElseThrow());
        for (VectorField field : schema.vectors()) {
            VectorBytes.write(out, Objects.requireNonNull(entity.vectors().get(field.name())));
        }
        ValueBytes.writeMembers(out, entity.fields());
    }

    static Entity read(DataInputStream in, CollectionSchema schema) throws IOException {
        Id key = ValueBytes.readId(in);
        Map<String, Vector> vectors = new HashMap<>();
        for (VectorField field : schema.vectors()) {
            vectors.put(field.name(), readVector(in, field.type()));
        }
        return new Entity(Optional.of(key), vectors, ValueBytes.readFields(in));
    }

    private static Vector readVector(DataInputStream in, VectorField.Type type) throws IOException {
        if (type instanceof VectorField.Type.Dense dense) {
            return VectorBytes.readDense(in, dense.dimension());
        }
        if (type instanceof VectorField.Type.Binary binary) {
            return VectorBytes.readBinary(in, binary.dimension() / 8);
        }
        return VectorBytes.readSparse(in);
    }
}
