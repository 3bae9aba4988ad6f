package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.bytes.ValueBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A change of the store, as it stands in the {@link Journal}. */
sealed interface JournalRecord {
    record Create(CollectionSchema schema) implements JournalRecord {}

    record Drop(String collection) implements JournalRecord {}

    record Rename(String collection, String name) implements JournalRecord {}

    record Truncate(String collection) implements JournalRecord {}

    record Alias(String alias, String collection) implements JournalRecord {}

    record DropAlias(String alias) implements JournalRecord {}

    record CreatePartition(String collection, String partition) implements JournalRecord {}

    record DropPartition(String collection, String partition) implements JournalRecord {}

    record Loads(String collection, LoadState state) implements JournalRecord {}

    record Put(String collection, VectorTable.Row row, List<Entity> entities) implements JournalRecord {}

    /** Rows at given slots, in a journal that was rewritten: rows that come later go to the same slots as before. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Place(String collection, VectorTable.Row row, int[] slots, List<Entity> entities) implements JournalRecord {}

    record Delete(String collection, List<Id> keys) implements JournalRecord {}

    /** Which file this is. */
    record Generation(long number) implements JournalRecord {}

    /** @param spec none to have none */
    record Index(String collection, String field, Optional<IndexSpec> spec) implements JournalRecord {}

    /** How many rows of a collection it changes, at least; very many if it makes another of it. */
    default long changes(String collection) {
        if (this instanceof Put put) {
            return put.collection().equals(collection) ? put.entities().size() : 0;
        }
        if (this instanceof Delete delete) {
            return delete.collection().equals(collection) ? delete.keys().size() : 0;
        }
        boolean isOfOthers = this instanceof Generation
                || this instanceof Alias
                || this instanceof DropAlias
                || this instanceof CreatePartition
                || this instanceof Loads
                || (this instanceof Create create && !create.schema().name().equals(collection))
                || (this instanceof Drop drop && !drop.collection().equals(collection))
                || (this instanceof Truncate truncate && !truncate.collection().equals(collection))
                || (this instanceof Place place && !place.collection().equals(collection));
        return isOfOthers ? 0 : Integer.MAX_VALUE;
    }

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

    /**
     * @param schemas of the collections that there are
     * @throws IllegalStateException if the bytes are of no known kind
     */
    static JournalRecord parse(byte[] bytes, Function<String, CollectionSchema> schemas) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            char type = (char) in.readByte();
            return switch (type) {
                case 'C' -> new Create(SchemaCodec.read(in));
                case 'R' -> new Drop(in.readUTF());
                case 'N' -> new Rename(in.readUTF(), in.readUTF());
                case 'T' -> new Truncate(in.readUTF());
                case 'A' -> new Alias(in.readUTF(), in.readUTF());
                case 'a' -> new DropAlias(in.readUTF());
                case 'P' -> new CreatePartition(in.readUTF(), in.readUTF());
                case 'p' -> new DropPartition(in.readUTF(), in.readUTF());
                case 'D' -> new Delete(in.readUTF(), keys(in));
                case 'I' -> index(in);
                case 'L' -> loads(in);
                case 'G' -> new Generation(in.readLong());
                case 'S' -> place(in, schemas.apply(in.readUTF()));
                case 'U' -> put(in, schemas.apply(in.readUTF()));
                default ->
                    throw new IllegalStateException("unknown record type " + type + " in the vector store's file");
            };
        } catch (IOException e) {
            throw new UncheckedIOException("a record of the vector store's file is not what was written", e);
        }
    }

    private static Loads loads(DataInputStream in) throws IOException {
        String collection = in.readUTF();
        boolean later = in.readBoolean();
        Set<String> partitions = new HashSet<>();
        for (int i = in.readInt(); i > 0; i--) {
            partitions.add(in.readUTF());
        }
        return new Loads(collection, new LoadState(partitions, later));
    }

    private static Index index(DataInputStream in) throws IOException {
        String collection = in.readUTF();
        String field = in.readUTF();
        String type = in.readUTF();
        Map<String, String> parameters = new HashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            parameters.put(in.readUTF(), in.readUTF());
        }
        Optional<IndexSpec> spec = type.isEmpty() ? Optional.empty() : Optional.of(IndexSpec.of(type, parameters));
        return new Index(collection, field, spec);
    }

    private static Put put(DataInputStream in, CollectionSchema schema) throws IOException {
        VectorTable.Row row = new VectorTable.Row(in.readUTF(), in.readLong());
        List<Entity> entities = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            entities.add(RowCodec.read(in, schema));
        }
        return new Put(schema.name(), row, entities);
    }

    private static Place place(DataInputStream in, CollectionSchema schema) throws IOException {
        VectorTable.Row row = new VectorTable.Row(in.readUTF(), in.readLong());
        int[] slots = new int[in.readInt()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = in.readInt();
        }
        List<Entity> entities = new ArrayList<>(slots.length);
        for (int i = 0; i < slots.length; i++) {
            entities.add(RowCodec.read(in, schema));
        }
        return new Place(schema.name(), row, slots, entities);
    }

    private static List<Id> keys(DataInputStream in) throws IOException {
        List<Id> keys = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            keys.add(ValueBytes.readId(in));
        }
        return keys;
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
