package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexSpec;
import java.util.List;
import java.util.Optional;

/**
 * A change of the store, as it stands in the {@link Journal}: {@link JournalBytes} writes it and {@link JournalParser}
 * reads it.
 */
sealed interface JournalRecord {
    record Create(CollectionSchema schema) implements JournalRecord {}

    record Drop(String collection) implements JournalRecord {}

    record Rename(String collection, String name) implements JournalRecord {}

    record Truncate(String collection) implements JournalRecord {}

    record Alias(String alias, String collection) implements JournalRecord {}

    record DropAlias(String alias) implements JournalRecord {}

    record CreatePartition(String collection, String partition) implements JournalRecord {}

    record DropPartition(String collection, String partition) implements JournalRecord {}

    record Loads(String collection, LoadState state) implements JournalRecord {}

    record Put(String collection, VectorTable.Row row, List<Entity> entities) implements JournalRecord {}

    /** Rows at given slots, in a journal that was rewritten: rows that come later go to the same slots as before. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Place(String collection, VectorTable.Row row, int[] slots, List<Entity> entities) implements JournalRecord {}

    record Delete(String collection, List<Id> keys) implements JournalRecord {}

    /** Which file this is. */
    record Generation(long number) implements JournalRecord {}

    /** @param spec none to have none */
    record Index(String collection, String field, Optional<IndexSpec> spec) implements JournalRecord {}

    /** How many rows of a collection it changes, at least; very many if it makes another of it. */
    default long changes(String collection) {
        if (this instanceof Put put) {
            return put.collection().equals(collection) ? put.entities().size() : 0;
        }
        if (this instanceof Delete delete) {
            return delete.collection().equals(collection) ? delete.keys().size() : 0;
        }
        boolean isOfOthers = this instanceof Generation
                || this instanceof Alias
                || this instanceof DropAlias
                || this instanceof CreatePartition
                || this instanceof Loads
                || (this instanceof Create create && !create.schema().name().equals(collection))
                || (this instanceof Drop drop && !drop.collection().equals(collection))
                || (this instanceof Truncate truncate && !truncate.collection().equals(collection))
                || (this instanceof Place place && !place.collection().equals(collection));
        return isOfOthers ? 0 : Integer.MAX_VALUE;
    }
}
