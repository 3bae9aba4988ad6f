package dev.milvuso.vector.cache;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Vector;
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
import org.jspecify.annotations.Nullable;

/** Lists of hits as bytes. */
final class HitsCodec {
    private static final byte FORMAT = 1;

    private HitsCodec() {}

    static byte[] write(List<List<Hit>> lists) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(lists.size());
            for (List<Hit> hits : lists) {
                out.writeInt(hits.size());
                for (Hit hit : hits) {
                    PlainCodec.write(out, hit.key().plain());
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
        PlainCodec.write(out, entity.key().map(Id::plain).orElse(null));
        out.writeInt(entity.vectors().size());
        for (Map.Entry<String, Vector> vector : entity.vectors().entrySet()) {
            PlainCodec.write(out, vector.getKey());
            VectorCodec.write(out, vector.getValue());
        }
        PlainCodec.write(out, entity.fields());
    }

    /** @throws IOException if these are other bytes */
    static List<List<Hit>> read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORMAT) {
                throw new IOException("another format");
            }
            List<List<Hit>> lists = new ArrayList<>();
            for (int left = PlainCodec.count(in); left > 0; left--) {
                List<Hit> hits = new ArrayList<>();
                for (int more = PlainCodec.count(in); more > 0; more--) {
                    Id key = id(PlainCodec.read(in)).orElseThrow(() -> new IOException("a hit without a key"));
                    float score = in.readFloat();
                    hits.add(new Hit(key, score, in.readBoolean() ? Optional.of(entity(in)) : Optional.empty()));
                }
                lists.add(hits);
            }
            if (in.read() >= 0) {
                throw new IOException("more bytes than hits");
            }
            return lists;
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new IOException("not what was written: " + e.getMessage(), e);
        }
    }

    private static Optional<Id> id(@Nullable Object plain) {
        return plain instanceof String text
                ? Optional.of(Id.of(text))
                : plain instanceof Long number ? Optional.of(Id.of(number)) : Optional.empty();
    }

    private static Entity entity(DataInputStream in) throws IOException {
        Optional<Id> key = id(PlainCodec.read(in));
        Map<String, Vector> vectors = new HashMap<>();
        for (int left = PlainCodec.count(in); left > 0; left--) {
            vectors.put(String.valueOf(PlainCodec.read(in)), VectorCodec.read(in));
        }
        if (!(PlainCodec.read(in) instanceof Map<?, ?> members)) {
            throw new IOException("an entity without fields");
        }
        Map<String, Object> fields = new HashMap<>();
        members.forEach((name, value) -> fields.put((String) name, value));
        return new Entity(key, vectors, fields);
    }
}
