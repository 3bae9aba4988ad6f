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
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Texts;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.check.CollectionCheck;
import dev.milvuso.vector.check.EntityCheck;
import dev.milvuso.vector.check.RequestCheck;
import dev.milvuso.vector.filter.RowFilter;
import dev.milvuso.vector.index.Selection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

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
                dense.makeLists();
            }
        });
    }

    /** Begins to make lists of vectors that have become many. */
    void makeListsIfWorthIt() {
        writing(table::makeListsIfWorthIt);
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
            writing(() -> part.forEach(entity -> table.put(entity, row)));
        }
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
            table.delete(keys(slot -> table.row(slot).partition().equals(partition)));
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
        return reading(() -> keys.stream()
                .distinct()
                .mapToInt(table::slot)
                .filter(slot -> slot >= 0 && isAlive().test(slot))
                .mapToObj(slot -> table.entity(slot, output))
                .toList());
    }

    /** Every row with where it is, as of one moment. */
    List<Stored> all() {
        return reading(() -> slots(isAlive())
                .mapToObj(slot -> new Stored(table.entity(slot, Output.ALL), table.row(slot)))
                .toList());
    }

    /** A row as it is kept. */
    record Stored(Entity entity, VectorTable.Row row) {}

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

    private List<Id> keys(IntPredicate wanted) {
        return slots(wanted).mapToObj(table::key).toList();
    }

    private IntStream slots(IntPredicate wanted) {
        return table.live().stream().filter(wanted);
    }

    long count(Optional<Filter> filter) {
        if (filter.isEmpty() && schema.timeToLive().isEmpty()) {
            return reading(table::size);
        }
        return reading(() -> slots(rows(filter, Set.of())).count());
    }

    /** @param request checked */
    List<List<Hit>> search(SearchRequest request) {
        return reading(() -> {
            Selection found = table.filters().select(request.filter(), request.partitions());
            Selection alive = schema.timeToLive().isEmpty() ? found : new AliveRows(found, isAlive());
            TableSearch search = new TableSearch(schema, table, request, alive);
            return request.queries().stream().map(search::hits).toList();
        });
    }

    private IntPredicate rows(Optional<Filter> filter, Set<String> in) {
        IntPredicate wanted = isAlive();
        if (!in.isEmpty()) {
            IntPredicate alive = wanted;
            wanted = slot -> in.contains(table.row(slot).partition()) && alive.test(slot);
        }
        if (filter.isEmpty()) {
            return wanted;
        }
        return wanted.and(new RowFilter(schema, table).test(filter.get()));
    }

    private IntPredicate isAlive() {
        Optional<Duration> timeToLive = schema.timeToLive();
        if (timeToLive.isEmpty()) {
            return slot -> true;
        }
        long oldest = clock.millis() - timeToLive.get().toMillis();
        return slot -> table.row(slot).written() > oldest;
    }
}
