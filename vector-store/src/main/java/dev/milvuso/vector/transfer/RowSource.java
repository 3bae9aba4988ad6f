package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.IndexSpec;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Where rows come from: a collection of a store, an export, a file of vectors. */
public interface RowSource {
    /** Batches of rows, to be closed. Not for use by several threads. */
    interface Rows extends Iterator<RowBatch>, AutoCloseable {
        @Override
        default void close() {}
    }

    /** Of the rows; its name is where they come from. */
    CollectionSchema schema();

    /** What is known of the collection's indexes, by field. */
    default Map<String, IndexSpec> indexes() {
        return Map.of();
    }

    /** All of the collection, in order. */
    List<String> partitions();

    /** Other names that the collection has. */
    default List<String> aliases() {
        return List.of();
    }

    /** How many rows there are now. */
    long count();

    /**
     * @param mark {@link Mark#START} or a place that an earlier call came to
     * @return the rows behind it, always in the same order; where {@link #isOrdered} by partition, then by key
     */
    Rows behind(Mark mark);

    /**
     * Looks whether the rows behind a place can be read, as far as that can be known before the first of them is.
     *
     * @throws IllegalArgumentException naming what cannot, such as a partition that is not loaded
     */
    default void check(Mark mark) {}

    /** Whether rows come in the order of partitions and keys, which two sources must do to be compared. */
    default boolean isOrdered() {
        return true;
    }
}
