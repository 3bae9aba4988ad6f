package dev.milvuso.vector.embedded;

import dev.milvuso.component.Health;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.CollectionState;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
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

    private final EmbeddedCatalogue catalogue;
    private final JournalWriter journal;
    private final Optional<IndexSaver> saver;
    private final EmbeddedDatabases databases;
    private final EmbeddedSession session;
    private final Changes changes;
    private final EmbeddedDefinitions definitions;
    private final EmbeddedWrites writes;
    private final EmbeddedReads reads;
    private final EmbeddedStatistics statistics;

    /** @param saver none where nothing is kept on disk */
    EmbeddedVectorStore(
            EmbeddedCatalogue catalogue,
            JournalWriter journal,
            InstantSource clock,
            Optional<IndexSaver> saver,
            EmbeddedDatabases databases) {
        this.catalogue = catalogue;
        this.journal = journal;
        this.saver = saver;
        this.databases = databases;
        this.session = new EmbeddedSession(catalogue);
        this.changes = new Changes(session, journal);
        this.definitions = new EmbeddedDefinitions(session, changes);
        this.writes = new EmbeddedWrites(session, changes, clock, saver);
        this.reads = new EmbeddedReads(session);
        this.statistics = new EmbeddedStatistics(session, reads, journal, saver);
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
        return EmbeddedOpening.open(Optional.empty(), clock, exactBelow);
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
        return EmbeddedOpening.open(Optional.of(directory), InstantSource.system(), exactBelow);
    }

    @Override
    public Set<Feature> features() {
        return FEATURES;
    }

    @Override
    public void create(CollectionSchema schema) {
        Feature.demandAll(schema, FEATURES, EmbeddedSession.NAME);
        definitions.create(schema);
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        return session.catalogue().find(collection).map(EmbeddedCollection::schema);
    }

    @Override
    public List<String> list() {
        return session.catalogue().names();
    }

    @Override
    public void rename(String collection, String name) {
        definitions.rename(collection, name);
    }

    @Override
    public void drop(String collection) {
        definitions.drop(collection);
    }

    @Override
    public void truncate(String collection) {
        definitions.truncate(collection);
    }

    @Override
    public void load(String collection) {
        definitions.load(collection);
    }

    @Override
    public void release(String collection) {
        definitions.release(collection);
    }

    @Override
    public CollectionStatistics statistics(String collection) {
        return statistics.of(collection);
    }

    @Override
    public CollectionState state(String collection) {
        return statistics.state(collection);
    }

    @Override
    public Indexes indexes(String collection) {
        return definitions.indexes(collection);
    }

    @Override
    public void createAlias(String alias, String collection) {
        definitions.createAlias(alias, collection);
    }

    @Override
    public void alterAlias(String alias, String collection) {
        definitions.alterAlias(alias, collection);
    }

    @Override
    public void dropAlias(String alias) {
        definitions.dropAlias(alias);
    }

    @Override
    public List<String> aliases(String collection) {
        return session.catalogue()
                .aliases(session.collection(collection).schema().name());
    }

    @Override
    public void createPartition(String collection, String partition) {
        definitions.createPartition(collection, partition);
    }

    @Override
    public void dropPartition(String collection, String partition) {
        definitions.dropPartition(collection, partition);
    }

    @Override
    public List<String> partitions(String collection) {
        return List.copyOf(session.collection(collection).partitions());
    }

    @Override
    public void loadPartition(String collection, String partition) {
        definitions.loadPartition(collection, partition);
    }

    @Override
    public void releasePartition(String collection, String partition) {
        definitions.releasePartition(collection, partition);
    }

    @Override
    public List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        return writes.insert(collection, partition, entities);
    }

    @Override
    public void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        writes.upsert(collection, partition, entities);
    }

    @Override
    public void deleteKeys(String collection, Collection<Id> keys) {
        writes.deleteKeys(collection, keys);
    }

    @Override
    public void deleteWhere(String collection, Filter filter) {
        writes.deleteWhere(collection, filter);
    }

    @Override
    public List<Entity> get(String collection, Collection<Id> keys, Output output) {
        return reads.get(collection, keys, output);
    }

    @Override
    public List<Entity> query(String collection, QueryRequest request) {
        return reads.query(collection, request);
    }

    @Override
    public Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        return reads.iterate(collection, request, batch);
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        return reads.searchAll(collection, request);
    }

    @Override
    public Optional<SearchProfile> profile(String collection, SearchRequest request) {
        return reads.profile(collection, request);
    }

    @Override
    public long count(String collection) {
        return reads.count(collection);
    }

    @Override
    public long count(String collection, Filter filter) {
        return reads.count(collection, filter);
    }

    @Override
    public List<String> databases() {
        session.refuseIfClosed();
        return databases.names();
    }

    @Override
    public void createDatabase(String database) {
        session.refuseIfClosed();
        databases.create(database);
    }

    @Override
    public void dropDatabase(String database) {
        session.refuseIfClosed();
        databases.drop(database);
    }

    @Override
    public VectorStore database(String database) {
        session.refuseIfClosed();
        return databases.view(database);
    }

    @Override
    public Health health() {
        if (session.isClosed()) {
            return new Health.Down(EmbeddedSession.NAME + " is closed");
        }
        return journal.damage().<Health>map(Health.Degraded::new).orElseGet(Health.Up::new);
    }

    /** That of the first database closes the others. */
    @Override
    public void close() {
        if (databases.isFirst(this)) {
            databases.close();
        }
        synchronized (changes) {
            if (!session.isClosed()) {
                saver.ifPresent(IndexSaver::close);
                catalogue.close();
                journal.close();
            }
            session.close();
        }
    }
}
