package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Texts;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.check.CollectionCheck;
import dev.milvuso.vector.check.EntityCheck;
import dev.milvuso.vector.check.RequestCheck;
import dev.milvuso.vector.embedded.column.RowTest;
import dev.milvuso.vector.embedded.column.SlotBits;
import dev.milvuso.vector.index.Selection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * One collection: its rows, and what may be asked of them. Any number of reads run at once; a write waits for them.
 * Writers are told apart by the caller.
 */
final class EmbeddedCollection {
    private static final Comparator<Id> BY_CODE_POINT =
            (a, b) -> a instanceof Id.Text first && b instanceof Id.Text second
                    ? Texts.compare(first.value(), second.value())
                    : a.compareTo(b);

    /** Rows that are written while all searches wait. */
    private static final int AT_ONCE = 64;

    private final CollectionSchema schema;
    private final EntityCheck entityCheck;
    private final RequestCheck requestCheck;
    private final InstantSource clock;
    private final ReadWriteLock lock;
    private final EmbeddedWork work;
    private final FieldIndexes indexes;
    private final Set<String> partitions = new TreeSet<>(Set.of(CollectionCheck.DEFAULT_PARTITION));
    private VectorTable table;
    private volatile boolean loaded = true;

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

    boolean isLoaded() {
        return loaded;
    }

    /** @throws IllegalArgumentException if a vector has no index */
    void load() {
        indexes.vectorWithout().ifPresent(vector -> {
            throw new IllegalArgumentException("collection " + schema.name() + " cannot be loaded: vector field "
                    + vector + " has no index, create one first");
        });
        loaded = true;
    }

    void release() {
        loaded = false;
    }

    /** @param spec none for none, which of a vector releases the collection */
    void setIndex(String field, Optional<IndexSpec> spec) {
        writing(() -> {
            indexes.set(field, spec);
            if (indexes.isVector(field)) {
                table.vectors(field).index(spec);
                loaded &= spec.isPresent();
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
                    Optional.of(metric(schema.vector(Optional.of(field)).type())),
                    now.state(),
                    now.indexed(),
                    now.pending(),
                    now.failure());
        });
    }

    private static String metric(VectorField.Type type) {
        if (type instanceof VectorField.Type.Dense dense) {
            return dense.metric().name();
        }
        return type instanceof VectorField.Type.Binary binary ? binary.metric().name() : Metric.INNER_PRODUCT.name();
    }

    /** The same rows under another name. */
    EmbeddedCollection renamed(String name) {
        EmbeddedCollection other = new EmbeddedCollection(schema.renamed(name), clock, work, lock);
        other.indexes.copy(indexes);
        other.partitions.addAll(partitions);
        other.table = table;
        other.loaded = loaded;
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

    Set<String> partitions() {
        return reading(() -> new TreeSet<>(partitions));
    }

    void createPartition(String partition) {
        writing(() -> partitions.add(partition));
    }

    void dropPartition(String partition) {
        writing(() -> {
            table.delete(keys(table.origins().in(Set.of(partition)).of(table.live())));
            partitions.remove(partition);
        });
    }

    /** The largest number among the keys; 0 if there is none. */
    long largestKey() {
        return reading(() -> table.live().stream()
                .mapToObj(table::key)
                .mapToLong(key -> key instanceof Id.Numeric number ? number.value() : 0)
                .max()
                .orElse(0));
    }

    List<Entity> get(Collection<Id> keys, Output output) {
        return reading(() -> {
            Optional<RowTest> alive = isAlive();
            return keys.stream()
                    .distinct()
                    .mapToInt(table::slot)
                    .filter(slot -> slot >= 0 && (alive.isEmpty() || alive.get().test(slot)))
                    .mapToObj(slot -> table.entity(slot, output))
                    .toList();
        });
    }

    /** Takes rows whose time to live is over out of memory. */
    void forgetExpired() {
        isAlive()
                .ifPresent(alive -> writing(() -> {
                    List<Id> expired = table.live().stream()
                            .filter(slot -> !alive.test(slot))
                            .mapToObj(table::key)
                            .toList();
                    table.delete(expired);
                }));
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

    /** @param request checked */
    List<Entity> query(QueryRequest request) {
        return reading(() -> keys(rows(request.filter(), request.partitions())).stream()
                .sorted(BY_CODE_POINT)
                .skip(request.offset())
                .limit(request.limit())
                .map(key -> table.entity(table.slot(key), request.output()))
                .toList());
    }

    /**
     * @param filter checked
     * @return in order, by code point
     */
    List<Id> keys(Optional<Filter> filter, Set<String> in) {
        return reading(
                () -> keys(rows(filter, in)).stream().sorted(BY_CODE_POINT).toList());
    }

    private List<Id> keys(SlotBits slots) {
        return slots.stream().mapToObj(table::key).toList();
    }

    long count(Optional<Filter> filter) {
        if (filter.isEmpty() && schema.timeToLive().isEmpty()) {
            return reading(() -> (long) table.size());
        }
        return reading(() -> (long) rows(filter, Set.of()).count());
    }

    /** @param request checked */
    List<List<Hit>> search(SearchRequest request) {
        return reading(() -> {
            Selection found = table.filters().select(request.filter(), request.partitions());
            Selection alive =
                    isAlive().<Selection>map(test -> new AliveRows(found, test)).orElse(found);
            TableSearch search = new TableSearch(schema, table, request, alive);
            return request.queries().stream().map(search::hits).toList();
        });
    }

    /** @param request checked */
    SearchProfile profile(SearchRequest request) {
        return reading(() -> {
            long begin = System.nanoTime();
            Selection found = table.filters().select(request.filter(), request.partitions());
            CountingSelection counting = new CountingSelection(
                    isAlive().<Selection>map(test -> new AliveRows(found, test)).orElse(found));
            long selected = System.nanoTime();
            TableSearch search = new TableSearch(schema, table, request, counting);
            request.queries().forEach(search::hits);
            long end = System.nanoTime();
            Map<String, Duration> stages = new LinkedHashMap<>();
            stages.put("filter", Duration.ofNanos(selected - begin));
            stages.put("index", Duration.ofNanos(search.indexNanos()));
            stages.put("rows", Duration.ofNanos(end - selected - search.indexNanos()));
            Optional<DenseColumn> dense = search.dense();
            return new SearchProfile(
                    dense.map(it -> it.isExact(request.parameters(), counting.isListed()))
                            .orElse(true),
                    dense.map(it -> it.why(request.parameters(), counting.isListed()))
                            .orElse("an exact scan: ranges, groups and vectors of this kind have no other"),
                    counting.asked(),
                    stages);
        });
    }

    private SlotBits rows(Optional<Filter> filter, Set<String> in) {
        List<RowTest> tests = new ArrayList<>(List.of(table.filters().test(filter, in)));
        isAlive().ifPresent(tests::add);
        return RowTest.all(tests).of(table.live());
    }

    /** None if every row is. */
    private Optional<RowTest> isAlive() {
        return schema.timeToLive().map(time -> table.origins().after(clock.millis() - time.toMillis()));
    }
}
