package dev.milvuso.action;

import java.time.Instant;

/** Says that time goes on although nobody did anything; written into every partition. */
public record Heartbeat(Instant timestamp) implements UserEvent {}
