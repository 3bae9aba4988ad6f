package dev.milvuso.server.tier;

import dev.milvuso.action.ItemId;
import org.jspecify.annotations.Nullable;

/**
 * An item that was found.
 *
 * @param score larger is nearer
 * @param vector shape [embedding_dim], not to be changed; null if it was not asked for
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Scored(ItemId item, float score, float @Nullable [] vector) {}
