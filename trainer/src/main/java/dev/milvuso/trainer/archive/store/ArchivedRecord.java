package dev.milvuso.trainer.archive.store;

import org.jspecify.annotations.Nullable;

/**
 * A record of the log as it is.
 *
 * @param time on the log, milliseconds since 1970
 */
public record ArchivedRecord(
        LogPartition partition,
        long offset,
        long time,
        @Nullable String key,
        byte @Nullable [] value) {}
