package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.EventKey;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ValueState;

/** A byte for each event id under a key of its own: on the heap an access costs little. */
final class SeenOnHeap implements Seen {
    private final Consumer<EventKey> keys;
    private final ValueState<Byte> state;

    /** @param keys turns the state to another key */
    SeenOnHeap(Consumer<EventKey> keys, ValueState<Byte> state) {
        this.keys = keys;
        this.state = state;
    }

    @Override
    public boolean holds(EventKey event) throws IOException {
        keys.accept(event);
        return state.value() != null;
    }

    @Override
    public void add(EventKey event) throws IOException {
        keys.accept(event);
        state.update((byte) 1);
    }

    @Override
    public void flush() {}
}
