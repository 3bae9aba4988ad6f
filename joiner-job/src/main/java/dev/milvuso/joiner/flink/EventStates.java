package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.EventKey;
import dev.milvuso.joiner.core.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ValueState;
import org.jspecify.annotations.Nullable;

/** {@link Events} in keyed state: a byte for each event that was seen, and features until their example comes. */
final class EventStates implements Events {
    private final Consumer<EventKey> keys;
    private final ValueState<Byte> seen;
    private final ValueState<byte[]> early;

    /** @param keys turns the states to another key */
    EventStates(Consumer<EventKey> keys, ValueState<Byte> seen, ValueState<byte[]> early) {
        this.keys = keys;
        this.seen = seen;
        this.early = early;
    }

    @Override
    public void turnTo(EventKey event) {
        keys.accept(event);
    }

    @Override
    public boolean isSeen() {
        return valueOf(seen) != null;
    }

    @Override
    public void markSeen() {
        update(seen, (byte) 1);
    }

    @Override
    public byte @Nullable [] earlyFeatures() {
        return valueOf(early);
    }

    @Override
    public void keepEarly(byte[] features) {
        update(early, features);
    }

    @Override
    public void dropEarly() {
        early.clear();
    }

    private static <T> @Nullable T valueOf(ValueState<T> state) {
        try {
            return state.value();
        } catch (IOException e) {
            throw new UncheckedIOException("the joiner's state cannot be read", e);
        }
    }

    private static <T> void update(ValueState<T> state, T value) {
        try {
            state.update(value);
        } catch (IOException e) {
            throw new UncheckedIOException("the joiner's state cannot be written", e);
        }
    }
}
