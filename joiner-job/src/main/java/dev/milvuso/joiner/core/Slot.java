package dev.milvuso.joiner.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item of one request.
 *
 * @param posted impressions that the site has reported
 * @param served the item in the server's own list
 * @param answer the first action that answered
 * @param closes event time in milliseconds at which the waiting ends
 */
public record Slot(
        String item,
        List<Act> posted,
        @Nullable Act served,
        @Nullable Act answer,
        long closes) {
    public Slot {
        posted = List.copyOf(posted);
    }

    static Slot empty(String item) {
        return new Slot(item, List.of(), null, null, Long.MIN_VALUE);
    }
}
