package dev.milvuso.trainer.archive.store;

import org.jspecify.annotations.Nullable;

/**
 * The columns of an archived example that training needs.
 *
 * @param id empty if the record is no example
 */
public record LearntFrom(
        long offset,
        @Nullable String id,
        @Nullable String userId,
        @Nullable String itemId,
        int label,
        float weight) {}
