package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.EventFilter;
import dev.milvuso.joiner.core.EventKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;

/**
 * Event ids in RocksDB, where a single write costs more than all else that is done for an event. They are written
 * together, those of a shard at a time, and read only where the filter cannot rule out that they are there.
 */
final class SeenOnDisk implements Seen {
    /** Ids that are in memory alone until they are written, a few megabytes. */
    private static final int BATCH = 65_536;

    private final Consumer<EventKey> keys;
    private final MapState<EventKey, Byte> state;
    private final EventFilter filter;
    private final Map<EventKey, Map<EventKey, Byte>> unwritten = new HashMap<>();
    private int count;

    /**
     * @param keys turns the state to another shard
     * @param filter knows all that the state holds
     */
    SeenOnDisk(Consumer<EventKey> keys, MapState<EventKey, Byte> state, EventFilter filter) {
        this.keys = keys;
        this.state = state;
        this.filter = filter;
    }

    @Override
    public boolean holds(EventKey event) throws Exception {
        if (!filter.mayHold(event)) {
            return false;
        }
        EventKey shard = Shards.of(event);
        Map<EventKey, Byte> recent = unwritten.get(shard);
        if (recent != null && recent.containsKey(event)) {
            return true;
        }
        keys.accept(shard);
        return state.contains(event);
    }

    @Override
    public void add(EventKey event) throws Exception {
        filter.add(event);
        if (unwritten
                        .computeIfAbsent(Shards.of(event), shard -> new HashMap<>())
                        .put(event, (byte) 1)
                == null) {
            count++;
        }
        if (count >= BATCH) {
            flush();
        }
    }

    @Override
    public void flush() throws Exception {
        for (Map.Entry<EventKey, Map<EventKey, Byte>> shard : unwritten.entrySet()) {
            keys.accept(shard.getKey());
            state.putAll(shard.getValue());
        }
        unwritten.clear();
        count = 0;
    }
}
