package dev.milvuso.action;

import java.time.Instant;

/** A record of the topic {@code user_actions}. */
public sealed interface UserEvent permits Action, ServedList, Heartbeat, Erasure {
    /** When it happened, by the clock of whoever saw it. */
    Instant timestamp();
}
