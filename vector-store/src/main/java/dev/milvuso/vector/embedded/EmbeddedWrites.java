package dev.milvuso.vector.embedded;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.PartialWrite;
import dev.milvuso.vector.check.CollectionCheck;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Rows that come and go. */
final class EmbeddedWrites {
    private static final int ENTITIES_A_RECORD = 1000;

    private final EmbeddedSession session;
    private final Changes changes;
    private final InstantSource clock;
    private final Optional<IndexSaver> saver;
    private long lastKey;

    /** @param clock what a time to live is counted by */
    EmbeddedWrites(EmbeddedSession session, Changes changes, InstantSource clock, Optional<IndexSaver> saver) {
        this.session = session;
        this.changes = changes;
        this.clock = clock;
        this.saver = saver;
    }

    List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        synchronized (changes) {
            EmbeddedCollection it = session.collection(collection);
            List<Entity> rows = it.entityCheck().inserted(entities).stream()
                    .map(entity -> entity.key().isPresent() ? entity : withKey(entity))
                    .toList();
            put(it, partition, rows);
            return rows.stream().flatMap(entity -> entity.key().stream()).toList();
        }
    }

    /** Like Milvus's own: later keys are larger, and none comes twice. */
    private Entity withKey(Entity entity) {
        lastKey = Math.max(lastKey + 1, clock.millis() << 18);
        return new Entity(Optional.of(Id.of(lastKey)), entity.vectors(), entity.fields());
    }

    void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        synchronized (changes) {
            EmbeddedCollection it = session.collection(collection);
            put(it, partition, it.entityCheck().upserted(entities));
        }
    }

    private void put(EmbeddedCollection it, Optional<String> partition, List<Entity> entities) {
        partition.ifPresent(name -> CollectionCheck.namedPartitions(it.schema().name(), it.schema()));
        String into = partition.orElse(CollectionCheck.DEFAULT_PARTITION);
        CollectionCheck.knownPartition(it.schema().name(), into, it.partitions());
        // Without a time to live nobody asks, and rows of one kind go together in the journal.
        long written = it.schema().timeToLive().isPresent() ? clock.millis() : 0;
        VectorTable.Row row = new VectorTable.Row(into, written);
        for (int from = 0; from < entities.size(); from += ENTITIES_A_RECORD) {
            List<Entity> part = entities.subList(from, Math.min(entities.size(), from + ENTITIES_A_RECORD));
            try {
                changes.write(JournalBytes.put(it.schema(), row, part));
            } catch (RuntimeException e) {
                // Such as a full disk.
                throw from == 0
                        ? e
                        : PartialWrite.of(PartialWrite.Kind.STORE, after(from, entities), entities.size(), e);
            }
            it.put(part, row);
        }
        it.makeStructuresIfWorthIt();
        boolean isNewJournal = changes.shorten();
        saver.ifPresent(saving -> saving.afterWrite(it, isNewJournal));
    }

    private static List<Integer> after(int first, List<Entity> entities) {
        return IntStream.range(first, entities.size()).boxed().toList();
    }

    void deleteKeys(String collection, Collection<Id> keys) {
        synchronized (changes) {
            EmbeddedCollection it = session.collection(collection);
            it.entityCheck().ids(keys);
            delete(it, keys);
        }
    }

    private void delete(EmbeddedCollection it, Collection<Id> keys) {
        changes.write(JournalBytes.delete(it.schema().name(), keys));
        it.delete(keys);
    }

    void deleteWhere(String collection, Filter filter) {
        synchronized (changes) {
            EmbeddedCollection it = session.collection(collection);
            it.requestCheck().filter(filter);
            delete(it, it.read(rows -> rows.keys(Optional.of(filter), Set.of())));
        }
    }
}
