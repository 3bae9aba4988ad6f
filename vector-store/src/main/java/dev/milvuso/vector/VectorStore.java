package dev.milvuso.vector;

import dev.milvuso.component.Health;
import dev.milvuso.component.Version;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collections of vectors. Safe for use by many threads. Every call may throw {@link dev.milvuso.component.Unavailable}
 * when the store does not answer in time; bad arguments, such as a collection that is not there or a vector of another
 * dimension, are {@link IllegalArgumentException}s that name them; what this store cannot do at all, see
 * {@link #features}, is an {@link UnsupportedOperationException}.
 *
 * <p>A write is seen by reads that begin after it returned, at the latest after the consistency level's staleness. A
 * collection may also be named by an alias of it.
 */
public interface VectorStore extends AutoCloseable {
    /** What this store can do of what not every store can. */
    Set<Feature> features();

    /** Which store this is; a server is asked. */
    default BackendInfo backendInfo() {
        return new BackendInfo(getClass().getSimpleName(), Version.current(), features());
    }

    /** Creates the collection, ready to be searched, or does nothing if one of just this schema is there. */
    void create(CollectionSchema schema);

    Optional<CollectionSchema> describe(String collection);

    /** The names of all collections, in order. */
    List<String> list();

    /**
     * For whoever depends on a collection's schema.
     *
     * @throws IllegalArgumentException if there is no such collection, or naming each field that differs
     */
    default void verify(CollectionSchema asked) {
        describe(asked.name())
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + asked.name()))
                .requireSame(asked);
    }

    void rename(String collection, String name);

    /** Does nothing if it is not there. */
    void drop(String collection);

    /**
     * Deletes every row.
     *
     * @throws IllegalArgumentException if a partition is not loaded
     */
    void truncate(String collection);

    /** Makes the whole collection ready to be searched, which a new one is. */
    void load(String collection);

    /** Until the collection is loaded again it is neither searched nor read, and a server has it on disk alone. */
    void release(String collection);

    /** Not of one moment, if the store is written or loaded meanwhile. */
    CollectionStatistics statistics(String collection);

    /** Of the same what is known without asking for the rest. */
    default CollectionState state(String collection) {
        CollectionStatistics all = statistics(collection);
        return new CollectionState(all.rows(), all.loaded());
    }

    /** Of a collection that may be made later; each of its calls says if it is not there. */
    Indexes indexes(String collection);

    /** @throws IllegalArgumentException if there is such an alias or collection already */
    void createAlias(String alias, String collection);

    /** Lets an alias that is there stand for another collection, at once. */
    void alterAlias(String alias, String collection);

    /** Does nothing if it is not there. */
    void dropAlias(String alias);

    /** The aliases of a collection, in order. */
    List<String> aliases(String collection);

    /** Does nothing if it is there. */
    void createPartition(String collection, String partition);

    /** With its rows. Does nothing if it is not there. */
    void dropPartition(String collection, String partition);

    /** In order. */
    List<String> partitions(String collection);

    /**
     * Makes a partition ready to be searched, beside those that are. One that is made later is so too if the collection
     * was loaded as a whole and not all of it released since.
     *
     * @throws IllegalArgumentException if it is not there, or the collection is partitioned by a key
     */
    void loadPartition(String collection, String partition);

    /**
     * Until the partition is loaded again nothing finds its rows: what names it is refused, and what names none finds
     * those of the partitions that are loaded. It can be written to. With the last one the collection is released.
     *
     * @throws IllegalArgumentException if it is not there, or the collection is partitioned by a key
     */
    void releasePartition(String collection, String partition);

    /**
     * Adds entities whose keys are new; of a key that is there already it is not said which row is found. Of one key
     * given twice the last counts.
     *
     * @param partition to insert into; none means the default one
     * @return the keys, the generated ones too, in the order of the entities
     * @throws IllegalArgumentException naming the entity that does not fit the schema; nothing is stored then
     * @throws RuntimeException that is a {@link PartialWrite}, naming the rows that were not stored, if only some were
     */
    List<Id> insert(String collection, Optional<String> partition, List<Entity> entities);

    default List<Id> insert(String collection, List<Entity> entities) {
        return insert(collection, Optional.empty(), entities);
    }

    /**
     * Inserts or replaces by key. Of one key given twice the last counts.
     *
     * @param partition to put them into; none means the default one
     * @throws IllegalArgumentException naming the entity that does not fit the schema; nothing is stored then
     * @throws RuntimeException that is a {@link PartialWrite}, naming the rows that were not stored, if only some were
     */
    void upsert(String collection, Optional<String> partition, List<Entity> entities);

    default void upsert(String collection, List<Entity> entities) {
        upsert(collection, Optional.empty(), entities);
    }

    /** @return those that are there, in no particular order */
    List<Entity> get(String collection, Collection<Id> keys, Output output);

    /** Of a collection with texts for keys. @return those that are there, whole, in no particular order */
    default List<Entity> get(String collection, Collection<String> ids) {
        return get(collection, Id.ofTexts(ids), Output.ALL);
    }

    /** @return in the order of their keys, texts by code point */
    List<Entity> query(String collection, QueryRequest request);

    /**
     * All entities that a filter finds, a batch at a time, in the order of their keys, texts by code point. Each entity
     * that was there all the time is given once; whether one written meanwhile is, is not said.
     *
     * @param request whose offset and limit do not count
     * @param batch entities fetched at a time, 1 to 16384
     * @return of each batch; no remove
     */
    Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch);

    /**
     * Keys that are not there are ignored.
     *
     * @throws RuntimeException that is a {@link PartialWrite}, naming the keys, if only some were deleted
     */
    void deleteKeys(String collection, Collection<Id> keys);

    /** Of a collection with texts for keys. Ids that are not there are ignored. */
    default void delete(String collection, Collection<String> ids) {
        deleteKeys(collection, Id.ofTexts(ids));
    }

    /**
     * Deletes what the filter finds, which is nothing in partitions that are not loaded; a filter of keys alone may
     * delete there as well.
     */
    void deleteWhere(String collection, Filter filter);

    /** @return for each query at most k, best first, ties by key */
    List<List<Hit>> searchAll(String collection, SearchRequest request);

    /**
     * Searches, and says how.
     *
     * @return nothing if the store does not say
     */
    default Optional<SearchProfile> profile(String collection, SearchRequest request) {
        return Optional.empty();
    }

    /** Whether the answer to a search is kept from an earlier one, and would be given without searching. */
    default boolean isCached(String collection, SearchRequest request) {
        return false;
    }

    /** Searches, and says how that went as seen from here. Costs a second search and counts. */
    default Explanation explain(String collection, SearchRequest request) {
        return new Explainer(this, System::nanoTime).explain(collection, request);
    }

    /** The same of several searches whose lists are merged. */
    default HybridExplanation explain(String collection, HybridSearchRequest request) {
        return new Explainer(this, System::nanoTime).explain(collection, request);
    }

    /** For a request with one query. @return at most k, best first, ties by key */
    default List<Hit> search(String collection, SearchRequest request) {
        if (request.queries().size() != 1) {
            throw new IllegalArgumentException(request.queries().size() + " query vectors: must be one here");
        }
        return searchAll(collection, request).get(0);
    }

    /**
     * Several searches, their lists merged.
     *
     * @return at most k, best first, ties by key; a hit that is deleted meanwhile may be left out
     */
    default List<Hit> hybridSearch(String collection, HybridSearchRequest request) {
        return new HybridSearch(this, collection, request).hits();
    }

    /**
     * All that a search finds, however many, a page at a time. Each entity that was there all the time is given once;
     * whether one written meanwhile is, is not said. Among scores that are equal but for their last bits the order is
     * by key within a page alone.
     *
     * @param request of one query; its k and offset do not count
     * @param page hits fetched at a time, 1 to 16384
     * @return of each page, best first; no remove
     */
    default Iterator<List<Hit>> iterateSearch(String collection, SearchRequest request, int page) {
        CollectionSchema schema = describe(collection)
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + collection));
        VectorField.Type type = schema.vector(request.vectorField()).type();
        if (type instanceof VectorField.Type.Dense dense && dense.metric() == Metric.MANHATTAN) {
            BackendInfo store = backendInfo();
            Feature.MANHATTAN_PAGES.demand(store.features(), store.name() + " " + store.version());
        }
        return new SearchPages(
                part -> search(collection, part),
                request.page(page),
                schema,
                () -> features().contains(Feature.ORDERED_TIES));
    }

    long count(String collection);

    /** How many entities the filter finds. */
    long count(String collection, Filter filter);

    /** The names of all databases, in order. */
    List<String> databases();

    /** Does nothing if it is there. */
    void createDatabase(String database);

    /** Does nothing if it is not there. @throws IllegalArgumentException if it has collections */
    void dropDatabase(String database);

    /**
     * The collections of another database of this store.
     *
     * @return to be closed by the caller
     * @throws IllegalArgumentException if there is no such database, now or at the first call
     */
    VectorStore database(String database);

    /** Asks the store, within its call timeout. */
    Health health();

    @Override
    void close();
}
