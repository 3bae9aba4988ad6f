package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.bytes.ValueBytes;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what {@link JournalBytes} wrote. */
final class JournalParser {
    private JournalParser() {}

    /**
     * @param schemas of the collections that there are
     * @throws IllegalStateException if the bytes are of no known kind
     */
    static JournalRecord parse(byte[] bytes, Function<String, CollectionSchema> schemas) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            char type = (char) in.readByte();
            return switch (type) {
                case 'C' -> new JournalRecord.Create(SchemaCodec.read(in));
                case 'R' -> new JournalRecord.Drop(in.readUTF());
                case 'N' -> new JournalRecord.Rename(in.readUTF(), in.readUTF());
                case 'T' -> new JournalRecord.Truncate(in.readUTF());
                case 'A' -> new JournalRecord.Alias(in.readUTF(), in.readUTF());
                case 'a' -> new JournalRecord.DropAlias(in.readUTF());
                case 'P' -> new JournalRecord.CreatePartition(in.readUTF(), in.readUTF());
                case 'p' -> new JournalRecord.DropPartition(in.readUTF(), in.readUTF());
                case 'D' -> new JournalRecord.Delete(in.readUTF(), keys(in));
                case 'I' -> index(in);
                case 'L' -> loads(in);
                case 'G' -> new JournalRecord.Generation(in.readLong());
                case 'S' -> place(in, schemas.apply(in.readUTF()));
                case 'U' -> put(in, schemas.apply(in.readUTF()));
                default ->
                    throw new IllegalStateException("unknown record type " + type + " in the vector store's file");
            };
        } catch (IOException e) {
            throw new UncheckedIOException("a record of the vector store's file is not what was written", e);
        }
    }

    private static JournalRecord.Loads loads(DataInputStream in) throws IOException {
        String collection = in.readUTF();
        boolean later = in.readBoolean();
        Set<String> partitions = new HashSet<>();
        for (int i = in.readInt(); i > 0; i--) {
            partitions.add(in.readUTF());
        }
        return new JournalRecord.Loads(collection, new LoadState(partitions, later));
    }

    private static JournalRecord.Index index(DataInputStream in) throws IOException {
        String collection = in.readUTF();
        String field = in.readUTF();
        String type = in.readUTF();
        Map<String, String> parameters = new HashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            parameters.put(in.readUTF(), in.readUTF());
        }
        Optional<IndexSpec> spec = type.isEmpty() ? Optional.empty() : Optional.of(IndexSpec.of(type, parameters));
        return new JournalRecord.Index(collection, field, spec);
    }

    private static JournalRecord.Put put(DataInputStream in, CollectionSchema schema) throws IOException {
        VectorTable.Row row = new VectorTable.Row(in.readUTF(), in.readLong());
        List<Entity> entities = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            entities.add(RowCodec.read(in, schema));
        }
        return new JournalRecord.Put(schema.name(), row, entities);
    }

    private static JournalRecord.Place place(DataInputStream in, CollectionSchema schema) throws IOException {
        VectorTable.Row row = new VectorTable.Row(in.readUTF(), in.readLong());
        int[] slots = new int[in.readInt()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = in.readInt();
        }
        List<Entity> entities = new ArrayList<>(slots.length);
        for (int i = 0; i < slots.length; i++) {
            entities.add(RowCodec.read(in, schema));
        }
        return new JournalRecord.Place(schema.name(), row, slots, entities);
    }

    private static List<Id> keys(DataInputStream in) throws IOException {
        List<Id> keys = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            keys.add(ValueBytes.readId(in));
        }
        return keys;
    }
}
