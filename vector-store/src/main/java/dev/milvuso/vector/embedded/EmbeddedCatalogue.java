package dev.milvuso.vector.embedded;

import dev.milvuso.vector.check.CollectionCheck;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Which collections there are, by name and alias. Reads may run beside one writer. */
final class EmbeddedCatalogue {
    private static final int ENTITIES_A_RECORD = 1000;

    private final InstantSource clock;
    private final EmbeddedWork work;
    private final Map<String, EmbeddedCollection> collections = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();
    private long generation;

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
        apply(parse(bytes));
    }

    JournalRecord parse(byte[] bytes) {
        return JournalParser.parse(bytes, name -> there(name).schema());
    }

    void apply(JournalRecord record) {
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
        } else if (record instanceof JournalRecord.Generation it) {
            generation = it.number();
        } else {
            applyToRows(record);
        }
    }

    private void applyToRows(JournalRecord record) {
        if (record instanceof JournalRecord.Put put) {
            there(put.collection()).put(put.entities(), put.row());
        } else if (record instanceof JournalRecord.Place place) {
            there(place.collection()).place(place.slots(), place.entities(), place.row());
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
        } else if (record instanceof JournalRecord.Loads loads) {
            there(loads.collection()).load(loads.state());
        }
    }

    /** Once all records are read: begins to make the structures that are not in them. */
    void makeStructures() {
        collections.values().forEach(EmbeddedCollection::makeStructuresIfWorthIt);
    }

    /** Ends what goes on in the background. */
    void close() {
        collections.values().forEach(EmbeddedCollection::close);
        work.close();
    }

    EmbeddedWork work() {
        return work;
    }

    private EmbeddedCollection there(String name) {
        EmbeddedCollection collection = collections.get(name);
        if (collection == null) {
            throw new IllegalStateException(
                    "the vector store's file speaks of a collection " + name + " it never made");
        }
        return collection;
    }

    /** Which journal was read last; 0 if none says. */
    long generation() {
        return generation;
    }

    /** Of every collection. */
    Collection<EmbeddedCollection> collections() {
        return collections.values();
    }

    /** What makes all that is here anew, made as it is asked for; nobody writes meanwhile. */
    Stream<byte[]> records(long nextGeneration) {
        Stream<byte[]> begin = Stream.of(JournalBytes.generation(nextGeneration));
        Stream<byte[]> all = collections.values().stream().flatMap(EmbeddedCatalogue::records);
        Stream<byte[]> named =
                aliases.entrySet().stream().map(alias -> JournalBytes.alias(alias.getKey(), alias.getValue()));
        return Stream.concat(begin, Stream.concat(all, named));
    }

    private static Stream<byte[]> records(EmbeddedCollection collection) {
        // The rows that are left out must be where later rows may go, here as there.
        collection.forgetExpired();
        List<byte[]> records = new ArrayList<>(List.of(JournalBytes.create(collection.schema())));
        addIndexes(records, collection);
        collection.partitions().stream()
                .filter(partition -> !partition.equals(CollectionCheck.DEFAULT_PARTITION))
                .forEach(partition -> records.add(
                        JournalBytes.createPartition(collection.schema().name(), partition)));
        if (!collection.loads().equals(LoadState.whole(collection.partitions()))) {
            records.add(JournalBytes.loads(collection.schema().name(), collection.loads()));
        }
        return Stream.concat(records.stream(), rows(collection));
    }

    private static Stream<byte[]> rows(EmbeddedCollection collection) {
        return Stream.iterate(
                        collection.rows(0, ENTITIES_A_RECORD),
                        Optional::isPresent,
                        last -> last.flatMap(it ->
                                collection.rows(it.slots()[it.slots().length - 1] + 1, ENTITIES_A_RECORD)))
                .flatMap(Optional::stream)
                .map(it -> JournalBytes.place(collection.schema(), it.row(), it.slots(), it.entities()));
    }

    private static void addIndexes(List<byte[]> records, EmbeddedCollection collection) {
        String name = collection.schema().name();
        collection.schema().vectors().forEach(vector -> {
            if (collection.indexes().of(vector.name()).isEmpty()) {
                records.add(JournalBytes.index(name, vector.name(), Optional.empty()));
            }
        });
        collection
                .indexes()
                .all()
                .forEach((field, spec) -> records.add(JournalBytes.index(name, field, Optional.of(spec))));
    }
}
