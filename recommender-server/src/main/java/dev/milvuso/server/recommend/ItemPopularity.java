package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import java.time.Instant;

/** @param popularity the decayed sum of what was done with the item, as of {@code at} */
public record ItemPopularity(ItemId item, double popularity, Instant at, Instant updatedAt) {}
