package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.check.CollectionCheck;
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

    /** What is stored of a transfer that ends here, for messages: a clause. */
    public String stored() {
        if (rows == 0) {
            return "nothing is stored";
        }
        return (rows == 1 ? "the first row is stored" : "the first " + rows + " rows are stored")
                + key.map(last -> ", up to key " + last).orElse("")
                + partition
                        .filter(in -> !in.equals(CollectionCheck.DEFAULT_PARTITION))
                        .map(in -> " of partition " + in)
                        .orElse("");
    }

    /** The place behind a batch that begins here. */
    Mark behind(RowBatch batch) {
        Entity last = batch.rows().get(batch.rows().size() - 1);
        return new Mark(rows + batch.rows().size(), Optional.of(batch.partition()), last.key());
    }
}
