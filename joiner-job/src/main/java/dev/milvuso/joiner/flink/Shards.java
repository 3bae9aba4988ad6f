package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.EventKey;

/** Keys that many events share, so that what is kept of them can be written together. */
final class Shards {
    /** Many to each subtask, so that all have about as much to do. */
    private static final int COUNT = 2048;

    private Shards() {}

    static EventKey of(EventKey event) {
        return new EventKey(0, event.high() & (COUNT - 1));
    }
}
