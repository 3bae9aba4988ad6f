package dev.milvuso.action;

import java.time.Instant;

/**
 * What was known of the user up to here is to be forgotten by all who read this; what comes later is of somebody new.
 */
public record Erasure(UserId userId, Instant timestamp) implements UserEvent {}
