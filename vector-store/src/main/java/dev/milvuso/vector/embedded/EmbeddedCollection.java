package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.check.CollectionCheck;
import dev.milvuso.vector.check.EntityCheck;
import dev.milvuso.vector.check.RequestCheck;
import dev.milvuso.vector.embedded.column.RowTest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One collection: its rows, and what may be asked of them. Any number of reads run at once; a write waits for them.
 * Writers are told apart by the caller.
 */
final class EmbeddedCollection {
    /** Rows that are written while all searches wait. */
    private static final int AT_ONCE = 64;

    private final CollectionSchema schema;
    private final EntityCheck entityCheck;
    private final RequestCheck requestCheck;
    private final InstantSource clock;
    private final ReadWriteLock lock;
    private final EmbeddedWork work;
    private final FieldIndexes indexes;
    private VectorTable table;
    private volatile Set<String> partitions = Set.of(CollectionCheck.DEFAULT_PARTITION);
    private volatile LoadState loads = LoadState.whole(partitions);

    EmbeddedCollection(CollectionSchema schema, InstantSource clock, EmbeddedWork work) {
        this(schema, clock, work, new ReentrantReadWriteLock());
    }

    private EmbeddedCollection(CollectionSchema schema, InstantSource clock, EmbeddedWork work, ReadWriteLock lock) {
        this.schema = schema;
        this.work = work;
        this.indexes = new FieldIndexes(schema);
        this.clock = clock;
        this.lock = lock;
        this.entityCheck = new EntityCheck(schema);
        this.requestCheck = new RequestCheck(schema);
        this.table = emptyTable();
    }

    private VectorTable emptyTable() {
        ReadWriteLock itsLock = lock;
        return new VectorTable(schema, work.within(piece -> exclusively(itsLock, piece)));
    }

    FieldIndexes indexes() {
        return indexes;
    }

    CollectionSchema schema() {
        return schema;
    }

    EntityCheck entityCheck() {
        return entityCheck;
    }

    RequestCheck requestCheck() {
        return requestCheck;
    }

    LoadState loads() {
        return loads;
    }

    /** Which of its partitions are found from now on. */
    void load(LoadState state) {
        loads = state;
    }

    /** @throws IllegalArgumentException if a vector has no index */
    void checkLoadable() {
        indexes.vectorWithout().ifPresent(vector -> {
            throw new IllegalArgumentException("collection " + schema.name() + " cannot be loaded: vector field "
                    + vector + " has no index, create one first");
        });
    }

    /** @param spec none for none, which of a vector releases the collection */
    void setIndex(String field, Optional<IndexSpec> spec) {
        writing(() -> {
            indexes.set(field, spec);
            if (indexes.isVector(field)) {
                table.vectors(field).index(spec);
                loads = spec.isPresent() ? loads : LoadState.NONE;
            }
        });
    }

    void rebuild(String field) {
        writing(() -> {
            if (indexes.isVector(field) && table.vectors(field) instanceof DenseColumn dense) {
                dense.makeStructure();
            }
        });
    }

    /** Begins to make the structures of indexes whose rows have become many. */
    void makeStructuresIfWorthIt() {
        writing(table::makeStructuresIfWorthIt);
    }

    IndexDescription index(String field, IndexSpec spec) {
        return reading(() -> {
            if (!indexes.isVector(field)) {
                return new IndexDescription(
                        field,
                        spec,
                        "none of its own: filters read the column",
                        Optional.empty(),
                        IndexDescription.State.READY,
                        table.size(),
                        0,
                        Optional.empty());
            }
            VectorColumn.IndexState now = table.vectors(field).indexState(spec, table.size());
            return new IndexDescription(
                    field,
                    spec,
                    now.structure(),
                    Optional.of(schema.vector(Optional.of(field)).type().metricName()),
                    now.state(),
                    now.indexed(),
                    now.pending(),
                    now.failure());
        });
    }

    /** The same rows under another name. */
    EmbeddedCollection renamed(String name) {
        EmbeddedCollection other = new EmbeddedCollection(schema.renamed(name), clock, work, lock);
        other.indexes.copy(indexes);
        other.partitions = partitions;
        other.table = table;
        other.loads = loads;
        return other;
    }

    private <T> T reading(Supplier<T> question) {
        lock.readLock().lock();
        try {
            return question.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void writing(Runnable change) {
        exclusively(lock, change);
    }

    private static void exclusively(ReadWriteLock lock, Runnable change) {
        lock.writeLock().lock();
        try {
            change.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** @param entities checked, with keys */
    void put(List<Entity> entities, VectorTable.Row row) {
        for (int from = 0; from < entities.size(); from += AT_ONCE) {
            List<Entity> part = entities.subList(from, Math.min(entities.size(), from + AT_ONCE));
            writing(() -> table.put(part, row));
        }
    }

    /** @param slots of the entities, all empty */
    void place(int[] slots, List<Entity> entities, VectorTable.Row row) {
        writing(() -> table.place(slots, entities, row));
    }

    void delete(Collection<Id> keys) {
        writing(() -> table.delete(keys));
    }

    void truncate() {
        writing(() -> {
            table.close();
            table = emptyTable();
            schema.vectors().forEach(vector -> table.vectors(vector.name()).index(indexes.of(vector.name())));
        });
    }

    /** Ends what goes on in the background. */
    void close() {
        writing(table::close);
    }

    /** In order. */
    Set<String> partitions() {
        return partitions;
    }

    void createPartition(String partition) {
        Set<String> more = new TreeSet<>(partitions);
        more.add(partition);
        partitions = Collections.unmodifiableSet(more);
        loads = loads.made(partition);
    }

    void dropPartition(String partition) {
        writing(() -> {
            table.delete(keys(table.origins().in(Set.of(partition))));
            Set<String> fewer = new TreeSet<>(partitions);
            fewer.remove(partition);
            partitions = Collections.unmodifiableSet(fewer);
            loads = loads.without(partition);
        });
    }

    private List<Id> keys(RowTest test) {
        return test.of(table.live()).stream().mapToObj(table::key).toList();
    }

    /** Takes rows whose time to live is over out of memory. */
    void forgetExpired() {
        isAlive().ifPresent(alive -> writing(() -> table.delete(keys(slot -> !alive.test(slot)))));
    }

    /**
     * Rows from a slot on, as many as were written together.
     *
     * @param most rows
     * @return none if there are no more
     */
    Optional<JournalRecord.Place> rows(int from, int most) {
        return reading(() -> {
            int slot = table.live().next(from);
            if (slot < 0) {
                return Optional.empty();
            }
            VectorTable.Row row = table.row(slot);
            List<Integer> slots = new ArrayList<>();
            while (slot >= 0 && slots.size() < most && table.row(slot).equals(row)) {
                slots.add(slot);
                slot = table.live().next(slot + 1);
            }
            List<Entity> entities =
                    slots.stream().map(it -> table.entity(it, Output.ALL)).toList();
            int[] plain = slots.stream().mapToInt(Integer::intValue).toArray();
            return Optional.of(new JournalRecord.Place(schema.name(), row, plain, entities));
        });
    }

    /** The vectors of floats, by field. */
    Map<String, DenseColumn> dense() {
        return reading(table::dense);
    }

    Optional<DenseColumn> dense(String field) {
        return Optional.ofNullable(dense().get(field));
    }

    /**
     * @param question of the rows that may be found
     * @throws IllegalArgumentException if nothing is loaded
     */
    <T> T read(Function<TableReads, T> question) {
        return reading(() -> {
            LoadState now = loads;
            if (now.isNone()) {
                throw new IllegalArgumentException("collection " + schema.name() + " is not loaded: load it first");
            }
            return question.apply(reads(now));
        });
    }

    /** Of memory, about. */
    long bytes() {
        return reading(() -> table.bytes());
    }

    /** That may be found; of a released collection all there are. */
    long rows() {
        return reading(() -> reads(loads).count(Optional.empty()));
    }

    private TableReads reads(LoadState now) {
        boolean isAll = now.isNone() || now.partitions().size() == partitions.size();
        return new TableReads(schema, table, isAll ? Set.of() : now.partitions(), isAlive());
    }

    /** None if every row is. */
    private Optional<RowTest> isAlive() {
        return schema.timeToLive().map(time -> table.origins().after(clock.millis() - time.toMillis()));
    }
}
