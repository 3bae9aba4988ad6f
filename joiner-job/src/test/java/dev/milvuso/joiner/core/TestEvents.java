package dev.milvuso.joiner.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link Events} in memory. */
final class TestEvents implements Events {
    private final Set<EventKey> seen = new HashSet<>();
    private final Map<EventKey, byte[]> early = new HashMap<>();
    private EventKey event = EventKey.of("");

    void clear() {
        seen.clear();
        early.clear();
    }

    boolean holdsNothingEarly() {
        return early.isEmpty();
    }

    @Override
    public void turnTo(EventKey turned) {
        event = turned;
    }

    @Override
    public boolean isSeen() {
        return seen.contains(event);
    }

    @Override
    public void markSeen() {
        seen.add(event);
    }

    @Override
    public byte @Nullable [] earlyFeatures() {
        return early.get(event);
    }

    @Override
    public void keepEarly(byte[] features) {
        early.put(event, features);
    }

    @Override
    public void dropEarly() {
        early.remove(event);
    }
}
