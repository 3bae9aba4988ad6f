package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Entity;
import java.util.List;

/**
 * Rows of one partition.
 *
 * @param partition the default one's name where there are no others
 * @param rows at least one, with keys
 */
public record RowBatch(String partition, List<Entity> rows) {
    public RowBatch {
        rows = List.copyOf(rows);
    }
}
