package dev.milvuso.vector;

import dev.milvuso.component.Health;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Collections of vectors. Safe for use by many threads. Every call may throw {@link dev.milvuso.component.Unavailable}
 * when the store does not answer in time; bad arguments, such as a collection that is not there or a vector of another
 * dimension, are {@link IllegalArgumentException}s that name them.
 *
 * <p>A write is seen by searches that begin after it returned, at the latest after the consistency level's staleness.
 */
public interface VectorStore extends AutoCloseable {
    /** Creates the collection, or does nothing if one of just this schema is there. */
    void create(CollectionSchema schema);

    Optional<CollectionSchema> describe(String collection);

    /** Does nothing if it is not there. */
    void drop(String collection);

    /**
     * Inserts or replaces by id. Of one id given twice the last counts.
     *
     * @throws IllegalArgumentException if a vector has another dimension or a number that is not finite, or a field is
     *     missing, unknown or of another type; nothing is stored then
     */
    void upsert(String collection, List<Entity> entities);

    /** @return those that are there, in no particular order */
    List<Entity> get(String collection, Collection<String> ids);

    /** Ids that are not there are ignored. */
    void delete(String collection, Collection<String> ids);

    /** @return at most k, best first, ties by id */
    List<Hit> search(String collection, SearchRequest request);

    long count(String collection);

    /** Asks the store, within its call timeout. */
    Health health();

    @Override
    void close();
}
