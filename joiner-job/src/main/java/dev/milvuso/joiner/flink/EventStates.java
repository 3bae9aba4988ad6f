package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.EventKey;
import dev.milvuso.joiner.core.Events;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/** {@link Events} in keyed state: which were seen, and features until their example comes. */
final class EventStates implements Events {
    private final Consumer<EventKey> keys;
    private final Seen seen;
    private final MapState<EventKey, byte[]> early;
    private EventKey event = EventKeySerializer.INSTANCE.createInstance();

    /** @param keys turns the states to the key under which an event is kept */
    EventStates(Consumer<EventKey> keys, Seen seen, MapState<EventKey, byte[]> early) {
        this.keys = keys;
        this.seen = seen;
        this.early = early;
    }

    @Override
    public void turnTo(EventKey turned) {
        event = turned;
    }

    @Override
    public boolean isSeen() {
        return inState(() -> seen.holds(event));
    }

    @Override
    public void markSeen() {
        inState(() -> {
            seen.add(event);
            return true;
        });
    }

    @Override
    public byte @Nullable [] earlyFeatures() {
        keys.accept(event);
        return inState(() -> early.get(event));
    }

    @Override
    public void keepEarly(byte[] features) {
        keys.accept(event);
        inState(() -> {
            early.put(event, features);
            return true;
        });
    }

    @Override
    public void dropEarly() {
        keys.accept(event);
        inState(() -> {
            early.remove(event);
            return true;
        });
    }

    private interface Access<T extends @Nullable Object> {
        T run() throws Exception;
    }

    private static <T extends @Nullable Object> T inState(Access<T> access) {
        try {
            return access.run();
        } catch (Exception e) {
            throw new IllegalStateException("the joiner's state cannot be read or written", e);
        }
    }
}
