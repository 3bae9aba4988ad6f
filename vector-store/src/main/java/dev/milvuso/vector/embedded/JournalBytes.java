package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.bytes.ValueBytes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in the {@link Journal} for each {@link JournalRecord}: a letter, and what {@link JournalParser} reads.
 */
final class JournalBytes {
    private JournalBytes() {}

    static byte[] generation(long number) {
        return bytes('G', out -> out.writeLong(number));
    }

    static byte[] create(CollectionSchema schema) {
        return bytes('C', out -> SchemaCodec.write(out, schema));
    }

    static byte[] drop(String collection) {
        return bytes('R', out -> out.writeUTF(collection));
    }

    static byte[] rename(String collection, String name) {
        return names('N', collection, name);
    }

    static byte[] truncate(String collection) {
        return bytes('T', out -> out.writeUTF(collection));
    }

    static byte[] alias(String alias, String collection) {
        return names('A', alias, collection);
    }

    static byte[] dropAlias(String alias) {
        return bytes('a', out -> out.writeUTF(alias));
    }

    static byte[] createPartition(String collection, String partition) {
        return names('P', collection, partition);
    }

    static byte[] dropPartition(String collection, String partition) {
        return names('p', collection, partition);
    }

    static byte[] loads(String collection, LoadState state) {
        return bytes('L', out -> {
            out.writeUTF(collection);
            out.writeBoolean(state.later());
            out.writeInt(state.partitions().size());
            for (String partition : state.partitions()) {
                out.writeUTF(partition);
            }
        });
    }

    static byte[] index(String collection, String field, Optional<IndexSpec> spec) {
        return bytes('I', out -> {
            out.writeUTF(collection);
            out.writeUTF(field);
            out.writeUTF(spec.map(IndexSpec::type).orElse(""));
            Map<String, String> parameters = spec.map(IndexSpec::parameters).orElse(Map.of());
            out.writeInt(parameters.size());
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                out.writeUTF(parameter.getKey());
                out.writeUTF(parameter.getValue());
            }
        });
    }

    private static byte[] names(char type, String first, String second) {
        return bytes(type, out -> {
            out.writeUTF(first);
            out.writeUTF(second);
        });
    }

    static byte[] delete(String collection, Collection<Id> keys) {
        return bytes('D', out -> {
            out.writeUTF(collection);
            out.writeInt(keys.size());
            for (Id key : keys) {
                ValueBytes.writeId(out, key);
            }
        });
    }

    static byte[] put(CollectionSchema schema, VectorTable.Row row, List<Entity> entities) {
        return bytes('U', out -> {
            out.writeUTF(schema.name());
            out.writeUTF(row.partition());
            out.writeLong(row.written());
            out.writeInt(entities.size());
            for (Entity entity : entities) {
                RowCodec.write(out, schema, entity);
            }
        });
    }

    static byte[] place(CollectionSchema schema, VectorTable.Row row, int[] slots, List<Entity> entities) {
        return bytes('S', out -> {
            out.writeUTF(schema.name());
            out.writeUTF(row.partition());
            out.writeLong(row.written());
            out.writeInt(slots.length);
            for (int slot : slots) {
                out.writeInt(slot);
            }
            for (Entity entity : entities) {
                RowCodec.write(out, schema, entity);
            }
        });
    }

    static boolean isDrop(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == 'R';
    }

    static boolean isRename(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == 'N';
    }

    /** Whether it puts or deletes rows, and neither makes nor renames anything. */
    static boolean isOfRows(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] == 'U' || bytes[0] == 'D' || bytes[0] == 'S');
    }

    /** Writes a record's content. */
    interface Content {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(char type, Content content) {
        return content(out -> {
            out.writeByte(type);
            content.to(out);
        });
    }

    static byte[] content(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            content.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
