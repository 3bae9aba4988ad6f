package dev.milvuso.vector.cache;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.bytes.ValueBytes;
import dev.milvuso.vector.bytes.VectorBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists of hits as bytes. */
final class HitsCodec {
    private static final byte FORMAT = 2;

    private HitsCodec() {}

    static byte[] write(List<List<Hit>> lists) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(lists.size());
            for (List<Hit> hits : lists) {
                out.writeInt(hits.size());
                for (Hit hit : hits) {
                    ValueBytes.writeId(out, hit.key());
                    out.writeFloat(hit.score());
                    out.writeBoolean(hit.entity().isPresent());
                    if (hit.entity().isPresent()) {
                        writeEntity(out, hit.entity().get());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void writeEntity(DataOutputStream out, Entity entity) throws IOException {
        out.writeBoolean(entity.key().isPresent());
        if (entity.key().isPresent()) {
            ValueBytes.writeId(out, entity.key().get());
        }
        out.writeInt(entity.vectors().size());
        for (Map.Entry<String, Vector> vector : entity.vectors().entrySet()) {
            ValueBytes.writeText(out, vector.getKey());
            writeVector(out, vector.getValue());
        }
        ValueBytes.writeMembers(out, entity.fields());
    }

    private static void writeVector(DataOutputStream out, Vector vector) throws IOException {
        if (vector instanceof Vector.Dense dense) {
            out.writeByte('d');
            out.writeInt(dense.numbers().length);
        } else if (vector instanceof Vector.Binary binary) {
            out.writeByte('b');
            out.writeInt(binary.bits().length);
        } else {
            out.writeByte('s');
        }
        VectorBytes.write(out, vector);
    }

    /** @throws IOException if these are other bytes */
    static List<List<Hit>> read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORMAT) {
                throw new IOException("another format");
            }
            List<List<Hit>> lists = new ArrayList<>();
            for (int left = ValueBytes.readCount(in); left > 0; left--) {
                List<Hit> hits = new ArrayList<>();
                for (int more = ValueBytes.readCount(in); more > 0; more--) {
                    Id key = ValueBytes.readId(in);
                    float score = in.readFloat();
                    hits.add(new Hit(key, score, in.readBoolean() ? Optional.of(entity(in)) : Optional.empty()));
                }
                lists.add(hits);
            }
            if (in.read() >= 0) {
                throw new IOException("more bytes than hits");
            }
            return lists;
        } catch (IllegalArgumentException e) {
            throw new IOException("not what was written: " + e.getMessage(), e);
        }
    }

    private static Entity entity(DataInputStream in) throws IOException {
        Optional<Id> key = in.readBoolean() ? Optional.of(ValueBytes.readId(in)) : Optional.empty();
        Map<String, Vector> vectors = new HashMap<>();
        for (int left = ValueBytes.readCount(in); left > 0; left--) {
            vectors.put(ValueBytes.readText(in), vector(in));
        }
        return new Entity(key, vectors, ValueBytes.readFields(in));
    }

    private static Vector vector(DataInputStream in) throws IOException {
        char kind = (char) in.readByte();
        return switch (kind) {
            case 'd' -> VectorBytes.readDense(in, ValueBytes.readCount(in));
            case 'b' -> VectorBytes.readBinary(in, ValueBytes.readCount(in));
            case 's' -> VectorBytes.readSparse(in);
            default -> throw new IOException("a vector of kind " + kind);
        };
    }
}
