package dev.milvuso.joiner.core;

import java.util.List;

/**
 * A list that the server has answered with.
 *
 * @param items item ids
 * @param timestamp the list's own, milliseconds since 1970
 * @param arrival when the log took it, milliseconds since 1970
 */
public record Served(
        String requestId, String userId, String modelVersion, long timestamp, long arrival, List<String> items) {
    public Served {
        items = List.copyOf(items);
    }

    /** Event time: the list's own, but never later than its arrival. */
    public long time() {
        return Math.min(timestamp, arrival);
    }
}
