package dev.milvuso.vector.embedded;

import dev.milvuso.vector.check.CollectionCheck;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which collections there are, by name and alias. Reads may run beside one writer. */
final class EmbeddedCatalogue {
    private static final int ENTITIES_A_RECORD = 1000;

    private final InstantSource clock;
    private final EmbeddedWork work;
    private final Map<String, EmbeddedCollection> collections = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();

    EmbeddedCatalogue(InstantSource clock, EmbeddedWork work) {
        this.clock = clock;
        this.work = work;
    }

    /** @param name or alias */
    Optional<EmbeddedCollection> find(String name) {
        EmbeddedCollection collection = collections.get(name);
        if (collection != null) {
            return Optional.of(collection);
        }
        return Optional.ofNullable(aliases.get(name)).map(collections::get);
    }

    List<String> names() {
        return collections.keySet().stream().sorted().toList();
    }

    boolean isAlias(String name) {
        return aliases.containsKey(name);
    }

    List<String> aliases(String collection) {
        return aliases.entrySet().stream()
                .filter(alias -> alias.getValue().equals(collection))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Does what a record says, which nothing speaks against. */
    void apply(byte[] bytes) {
        JournalRecord record = JournalRecord.parse(bytes, name -> there(name).schema());
        if (record instanceof JournalRecord.Create create) {
            collections.put(create.schema().name(), new EmbeddedCollection(create.schema(), clock, work));
        } else if (record instanceof JournalRecord.Drop drop) {
            there(drop.collection()).close();
            collections.remove(drop.collection());
        } else if (record instanceof JournalRecord.Rename rename) {
            collections.put(rename.name(), there(rename.collection()).renamed(rename.name()));
            aliases.replaceAll((alias, name) -> name.equals(rename.collection()) ? rename.name() : name);
            collections.remove(rename.collection());
        } else if (record instanceof JournalRecord.Alias alias) {
            aliases.put(alias.alias(), alias.collection());
        } else if (record instanceof JournalRecord.DropAlias alias) {
            aliases.remove(alias.alias());
        } else {
            applyToRows(record);
        }
    }

    private void applyToRows(JournalRecord record) {
        if (record instanceof JournalRecord.Put put) {
            there(put.collection()).put(put.entities(), put.row());
        } else if (record instanceof JournalRecord.Delete delete) {
            there(delete.collection()).delete(delete.keys());
        } else if (record instanceof JournalRecord.Truncate truncate) {
            there(truncate.collection()).truncate();
        } else if (record instanceof JournalRecord.CreatePartition create) {
            there(create.collection()).createPartition(create.partition());
        } else if (record instanceof JournalRecord.Index index) {
            there(index.collection()).setIndex(index.field(), index.spec());
        } else if (record instanceof JournalRecord.DropPartition drop) {
            there(drop.collection()).dropPartition(drop.partition());
        }
    }

    /** Once all records are read: begins to make the indexes that are not in them. */
    void makeLists() {
        collections.values().forEach(EmbeddedCollection::makeListsIfWorthIt);
    }

    /** Ends what goes on in the background. */
    void close() {
        collections.values().forEach(EmbeddedCollection::close);
        work.close();
    }

    private EmbeddedCollection there(String name) {
        EmbeddedCollection collection = collections.get(name);
        if (collection == null) {
            throw new IllegalStateException(
                    "the vector store's file speaks of a collection " + name + " it never made");
        }
        return collection;
    }

    /** What makes all that is here anew. */
    List<byte[]> records() {
        List<byte[]> records = new ArrayList<>();
        for (EmbeddedCollection collection : collections.values()) {
            records.add(JournalRecord.create(collection.schema()));
            addIndexes(records, collection);
            collection.partitions().stream()
                    .filter(partition -> !partition.equals(CollectionCheck.DEFAULT_PARTITION))
                    .forEach(partition -> records.add(
                            JournalRecord.createPartition(collection.schema().name(), partition)));
            addRows(records, collection);
        }
        aliases.forEach((alias, name) -> records.add(JournalRecord.alias(alias, name)));
        return records;
    }

    private static void addIndexes(List<byte[]> records, EmbeddedCollection collection) {
        String name = collection.schema().name();
        collection.schema().vectors().forEach(vector -> {
            if (collection.indexes().of(vector.name()).isEmpty()) {
                records.add(JournalRecord.index(name, vector.name(), Optional.empty()));
            }
        });
        collection
                .indexes()
                .all()
                .forEach((field, spec) -> records.add(JournalRecord.index(name, field, Optional.of(spec))));
    }

    /** Rows that were written together stand together. */
    private static void addRows(List<byte[]> records, EmbeddedCollection collection) {
        List<EmbeddedCollection.Stored> all = collection.all();
        int from = 0;
        while (from < all.size()) {
            VectorTable.Row row = all.get(from).row();
            int to = from;
            while (to < all.size()
                    && to - from < ENTITIES_A_RECORD
                    && all.get(to).row().equals(row)) {
                to++;
            }
            records.add(JournalRecord.put(
                    collection.schema(),
                    row,
                    all.subList(from, to).stream()
                            .map(EmbeddedCollection.Stored::entity)
                            .toList()));
            from = to;
        }
    }
}
