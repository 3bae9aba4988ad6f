package dev.milvuso.server.users;

import dev.milvuso.action.ItemId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An item that a user acted on, when and how last.
 *
 * @param type of the action; empty if that was not kept
 * @param value that it carries
 */
public record Acted(ItemId item, Instant lastAt, Optional<String> type, OptionalDouble value) {
    /** Of which only the place in a history counts. */
    public static Acted place(ItemId item, Instant lastAt) {
        return new Acted(item, lastAt, Optional.empty(), OptionalDouble.empty());
    }
}
