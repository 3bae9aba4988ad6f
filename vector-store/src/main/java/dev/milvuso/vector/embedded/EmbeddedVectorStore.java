package dev.milvuso.vector.embedded;

import dev.milvuso.component.Health;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.check.CollectionCheck;
import dev.milvuso.vector.check.IndexCheck;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Vectors in this process, searched exactly or, where there are many, by an index. In memory alone, or with a
 * {@link Journal} that holds every change before the call returns: what was written is there again after a kill of the
 * process (not after a loss of power, for which the trainer's snapshots are the record).
 */
public final class EmbeddedVectorStore implements VectorStore {
    private static final Set<Feature> FEATURES = EnumSet.allOf(Feature.class);
    private static final String NAME = "the embedded vector store";

    private static final int ENTITIES_A_RECORD = 1000;

    private final EmbeddedCatalogue catalogue;
    private final JournalWriter journal;
    private final InstantSource clock;
    private final Optional<IndexSaver> saver;
    private final EmbeddedDatabases databases;
    private final Object writing = new Object();
    private long lastKey;
    private volatile boolean closed;

    private EmbeddedVectorStore(
            EmbeddedCatalogue catalogue,
            JournalWriter journal,
            InstantSource clock,
            Optional<IndexSaver> saver,
            EmbeddedDatabases databases) {
        this.catalogue = catalogue;
        this.journal = journal;
        this.clock = clock;
        this.saver = saver;
        this.databases = databases;
    }

    public static EmbeddedVectorStore inMemory() {
        return inMemory(InstantSource.system());
    }

    /** @param clock what a time to live is counted by */
    public static EmbeddedVectorStore inMemory(InstantSource clock) {
        return inMemory(clock, EmbeddedWork.EXACT_BELOW);
    }

    /** @param exactBelow rows with fewer of which a vector has no lists */
    static EmbeddedVectorStore inMemory(InstantSource clock, int exactBelow) {
        return withDatabases(Optional.empty(), clock, exactBelow);
    }

    /**
     * Opens what is in the directory, which belongs to this process alone. If its file is damaged, all that was written
     * before is there, and {@link #health} says so.
     */
    public static EmbeddedVectorStore in(Path directory) {
        return in(directory, EmbeddedWork.EXACT_BELOW);
    }

    /** @param exactBelow rows with fewer of which a vector has no lists */
    static EmbeddedVectorStore in(Path directory, int exactBelow) {
        return withDatabases(Optional.of(directory), InstantSource.system(), exactBelow);
    }

    private static EmbeddedVectorStore withDatabases(Optional<Path> directory, InstantSource clock, int exactBelow) {
        EmbeddedDatabases databases = new EmbeddedDatabases(
                directory.map(it -> it.resolve("databases")), (folder, all) -> open(folder, clock, exactBelow, all));
        EmbeddedVectorStore first = open(directory, clock, exactBelow, databases);
        databases.first(first);
        return first;
    }

    private static EmbeddedVectorStore open(
            Optional<Path> directory, InstantSource clock, int exactBelow, EmbeddedDatabases databases) {
        EmbeddedCatalogue catalogue = new EmbeddedCatalogue(clock, EmbeddedWork.of(exactBelow));
        if (directory.isEmpty()) {
            return new EmbeddedVectorStore(catalogue, JournalWriter.none(), clock, Optional.empty(), databases);
        }
        SavedIndexes saved = new SavedIndexes(directory.get().resolve("indexes"));
        ChangesSince changes = new ChangesSince(saved);
        JournalWriter journal = JournalWriter.open(directory.get().resolve("vectors.log"), catalogue, changes);
        changes.restore(catalogue, journal.position());
        IndexSaver saver = new IndexSaver(saved, catalogue, journal::position);
        catalogue.work().made().set(saver);
        catalogue.makeStructures();
        return new EmbeddedVectorStore(catalogue, journal, clock, Optional.of(saver), databases);
    }

    @Override
    public Set<Feature> features() {
        return FEATURES;
    }

    /** One change: written down, then done, which is the same as what reading it back does. */
    private void change(byte[] record) {
        refuseIfClosed();
        journal.append(record);
        catalogue.apply(record);
    }

    @Override
    public void create(CollectionSchema schema) {
        Feature.demandAll(schema, FEATURES, NAME);
        synchronized (writing) {
            refuseIfClosed();
            Optional<EmbeddedCollection> there = catalogue.find(schema.name());
            if (there.isEmpty()) {
                change(JournalRecord.create(schema));
                return;
            }
            verify(schema);
            giveEachVectorAnIndex(there.get());
            there.get().load();
        }
    }

    private void giveEachVectorAnIndex(EmbeddedCollection it) {
        FieldIndexes whole = new FieldIndexes(it.schema());
        whole.all().forEach((field, spec) -> {
            if (it.indexes().of(field).isEmpty()) {
                change(JournalRecord.index(it.schema().name(), field, Optional.of(spec)));
            }
        });
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        refuseIfClosed();
        return catalogue.find(collection).map(EmbeddedCollection::schema);
    }

    @Override
    public List<String> list() {
        refuseIfClosed();
        return catalogue.names();
    }

    @Override
    public void rename(String collection, String name) {
        Names.checked("collection", name);
        synchronized (writing) {
            EmbeddedCollection it = collection(collection);
            CollectionCheck.free(name, catalogue.find(name).isPresent());
            change(JournalRecord.rename(it.schema().name(), name));
        }
    }

    @Override
    public void drop(String collection) {
        synchronized (writing) {
            refuseIfClosed();
            if (catalogue.names().contains(collection)) {
                CollectionCheck.noAliases(collection, catalogue.aliases(collection));
                change(JournalRecord.drop(collection));
            }
        }
    }

    @Override
    public void truncate(String collection) {
        synchronized (writing) {
            change(JournalRecord.truncate(collection(collection).schema().name()));
        }
    }

    @Override
    public void load(String collection) {
        collection(collection).load();
    }

    @Override
    public void release(String collection) {
        collection(collection).release();
    }

    @Override
    public CollectionStatistics statistics(String collection) {
        EmbeddedCollection it = collection(collection);
        return new CollectionStatistics(it.count(Optional.empty()), it.isLoaded());
    }

    @Override
    public Indexes indexes(String collection) {
        return new EmbeddedIndexes(() -> collection(collection), this::setIndex);
    }

    private void setIndex(EmbeddedCollection it, String field, Optional<IndexSpec> spec) {
        synchronized (writing) {
            change(JournalRecord.index(it.schema().name(), field, spec));
            it.makeStructuresIfWorthIt();
        }
    }

    @Override
    public void createAlias(String alias, String collection) {
        Names.checked("alias", alias);
        synchronized (writing) {
            EmbeddedCollection it = collection(collection);
            CollectionCheck.freeAlias(alias, catalogue.find(alias).isPresent());
            change(JournalRecord.alias(alias, it.schema().name()));
        }
    }

    @Override
    public void alterAlias(String alias, String collection) {
        synchronized (writing) {
            EmbeddedCollection it = collection(collection);
            CollectionCheck.knownAlias(alias, catalogue.isAlias(alias));
            change(JournalRecord.alias(alias, it.schema().name()));
        }
    }

    @Override
    public void dropAlias(String alias) {
        synchronized (writing) {
            refuseIfClosed();
            if (catalogue.isAlias(alias)) {
                change(JournalRecord.dropAlias(alias));
            }
        }
    }

    @Override
    public List<String> aliases(String collection) {
        return catalogue.aliases(collection(collection).schema().name());
    }

    @Override
    public void createPartition(String collection, String partition) {
        Names.checked("partition", partition);
        synchronized (writing) {
            EmbeddedCollection it = partitioned(collection);
            if (!it.partitions().contains(partition)) {
                change(JournalRecord.createPartition(it.schema().name(), partition));
            }
        }
    }

    private EmbeddedCollection partitioned(String collection) {
        EmbeddedCollection it = collection(collection);
        CollectionCheck.namedPartitions(collection, it.schema());
        return it;
    }

    @Override
    public void dropPartition(String collection, String partition) {
        synchronized (writing) {
            EmbeddedCollection it = partitioned(collection);
            CollectionCheck.droppablePartition(partition);
            if (it.partitions().contains(partition)) {
                change(JournalRecord.dropPartition(it.schema().name(), partition));
            }
        }
    }

    @Override
    public List<String> partitions(String collection) {
        return List.copyOf(collection(collection).partitions());
    }

    @Override
    public List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        synchronized (writing) {
            EmbeddedCollection it = collection(collection);
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

    @Override
    public void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        synchronized (writing) {
            EmbeddedCollection it = collection(collection);
            put(it, partition, it.entityCheck().upserted(entities));
        }
    }

    private void put(EmbeddedCollection it, Optional<String> partition, List<Entity> entities) {
        partition.ifPresent(name -> partitioned(it.schema().name()));
        String into = partition.orElse(CollectionCheck.DEFAULT_PARTITION);
        checkPartitions(it, Set.of(into));
        // Without a time to live nobody asks, and rows of one kind go together in the journal.
        long written = it.schema().timeToLive().isPresent() ? clock.millis() : 0;
        VectorTable.Row row = new VectorTable.Row(into, written);
        for (int from = 0; from < entities.size(); from += ENTITIES_A_RECORD) {
            List<Entity> part = entities.subList(from, Math.min(entities.size(), from + ENTITIES_A_RECORD));
            refuseIfClosed();
            journal.append(JournalRecord.put(it.schema(), row, part));
            it.put(part, row);
        }
        it.makeStructuresIfWorthIt();
        boolean isNewJournal = journal.rewriteIfMostlyOld(catalogue);
        saver.ifPresent(saving -> saving.afterWrite(it, isNewJournal));
    }

    @Override
    public void deleteKeys(String collection, Collection<Id> keys) {
        synchronized (writing) {
            EmbeddedCollection it = collection(collection);
            it.entityCheck().ids(keys);
            delete(it, keys);
        }
    }

    private void delete(EmbeddedCollection it, Collection<Id> keys) {
        refuseIfClosed();
        journal.append(JournalRecord.delete(it.schema().name(), keys));
        it.delete(keys);
    }

    @Override
    public void deleteWhere(String collection, Filter filter) {
        synchronized (writing) {
            EmbeddedCollection it = collection(collection);
            it.requestCheck().filter(filter);
            delete(it, it.keys(Optional.of(filter), Set.of()));
        }
    }

    @Override
    public List<Entity> get(String collection, Collection<Id> keys, Output output) {
        EmbeddedCollection it = readable(collection);
        it.entityCheck().ids(keys);
        it.requestCheck().query(QueryRequest.everything().output(output));
        return it.get(keys, output);
    }

    @Override
    public List<Entity> query(String collection, QueryRequest request) {
        EmbeddedCollection it = readable(collection);
        it.requestCheck().query(request);
        checkPartitions(it, request.partitions());
        return it.query(request);
    }

    @Override
    public Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        EmbeddedCollection it = readable(collection);
        it.requestCheck().query(request.page(0, batch));
        checkPartitions(it, request.partitions());
        return new EntityBatches(it, it.keys(request.filter(), request.partitions()), request.output(), batch);
    }

    private static void checkPartitions(EmbeddedCollection it, Set<String> partitions) {
        for (String partition : partitions) {
            if (!it.partitions().contains(partition)) {
                throw new IllegalArgumentException(
                        "collection " + it.schema().name() + " has no partition " + partition);
            }
        }
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        return searched(collection, request).search(request);
    }

    @Override
    public Optional<SearchProfile> profile(String collection, SearchRequest request) {
        return Optional.of(searched(collection, request).profile(request));
    }

    private EmbeddedCollection searched(String collection, SearchRequest request) {
        EmbeddedCollection it = readable(collection);
        VectorField field = it.requestCheck().search(request);
        it.indexes().of(field.name()).ifPresent(spec -> IndexCheck.search(field.name(), spec, request.parameters()));
        checkPartitions(it, request.partitions());
        return it;
    }

    @Override
    public long count(String collection) {
        return readable(collection).count(Optional.empty());
    }

    @Override
    public long count(String collection, Filter filter) {
        EmbeddedCollection it = readable(collection);
        it.requestCheck().filter(filter);
        return it.count(Optional.of(filter));
    }

    @Override
    public List<String> databases() {
        refuseIfClosed();
        return databases.names();
    }

    @Override
    public void createDatabase(String database) {
        refuseIfClosed();
        databases.create(database);
    }

    @Override
    public void dropDatabase(String database) {
        refuseIfClosed();
        databases.drop(database);
    }

    @Override
    public VectorStore database(String database) {
        refuseIfClosed();
        return databases.view(database);
    }

    @Override
    public Health health() {
        if (closed) {
            return new Health.Down(NAME + " is closed");
        }
        return journal.damage().<Health>map(Health.Degraded::new).orElseGet(Health.Up::new);
    }

    private EmbeddedCollection collection(String collection) {
        refuseIfClosed();
        return catalogue
                .find(collection)
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + collection));
    }

    private EmbeddedCollection readable(String collection) {
        EmbeddedCollection it = collection(collection);
        if (!it.isLoaded()) {
            throw new IllegalArgumentException("collection " + collection + " is not loaded: load it first");
        }
        return it;
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException(NAME + " is closed");
        }
    }

    /** That of the first database closes the others. */
    @Override
    public void close() {
        if (databases.isFirst(this)) {
            databases.close();
        }
        synchronized (writing) {
            if (!closed) {
                saver.ifPresent(IndexSaver::close);
                catalogue.close();
                journal.close();
            }
            closed = true;
        }
    }
}
