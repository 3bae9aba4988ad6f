package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import java.time.Instant;

/**
 * @param popularity the decayed sum of what was done with the item, as of {@code at}
 * @param trend the same, decayed faster
 */
public record ItemPopularity(ItemId item, double popularity, Instant at, Instant updatedAt, double trend) {
    /** Of which nothing is known to be of late. */
    public ItemPopularity(ItemId item, double popularity, Instant at, Instant updatedAt) {
        this(item, popularity, at, updatedAt, 0);
    }
}
