package dev.milvuso.feature;

import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import java.time.Instant;

/**
 * What was known of a user and an item just before an action.
 *
 * @param eventId the action's
 * @param timestamp the action's
 * @param features one JSON object of name → finite number. Kept as text: between the worker that writes it and the
 *     trainer that reads it nobody looks inside, and the joiner copies it as it is
 */
public record FeatureSnapshot(EventId eventId, UserId userId, ItemId itemId, Instant timestamp, String features) {}
