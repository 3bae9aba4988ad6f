package dev.milvuso.server.users;

import dev.milvuso.action.ItemId;
import java.time.Instant;

/** An item that a user acted on, and when last. */
public record Acted(ItemId item, Instant lastAt) {}
