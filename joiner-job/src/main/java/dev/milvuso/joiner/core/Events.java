package dev.milvuso.joiner.core;

import org.jspecify.annotations.Nullable;

/** What is remembered of events for longer than an example waits. All but {@link #turnTo} speak of one event. */
public interface Events {
    void turnTo(EventKey event);

    /** Whether the event's example has gone on. */
    boolean isSeen();

    void markSeen();

    /** Features that came before their example: one JSON object. */
    byte @Nullable [] earlyFeatures();

    void keepEarly(byte[] features);

    void dropEarly();
}
