package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import java.util.Optional;

/**
 * How far through its rows a source is.
 *
 * @param rows before this place
 * @param partition of the last of them
 * @param key of the last of them
 */
public record Mark(long rows, Optional<String> partition, Optional<Id> key) {
    public static final Mark START = new Mark(0, Optional.empty(), Optional.empty());

    /** The place behind a batch that begins here. */
    Mark behind(RowBatch batch) {
        Entity last = batch.rows().get(batch.rows().size() - 1);
        return new Mark(rows + batch.rows().size(), Optional.of(batch.partition()), last.key());
    }
}
