package dev.milvuso.server.catalogue;

import dev.milvuso.action.ItemId;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers items from 0 on, in the order in which they come, so that all that is known of them stands in arrays. An item
 * keeps its number as long as the process lives, whatever becomes of it. Safe for use by many threads.
 */
public final class ItemSlots {
    /** The number of no item. */
    public static final int NONE = -1;

    private final ConcurrentHashMap<ItemId, Integer> slots = new ConcurrentHashMap<>();
    private volatile ItemId[] ids = new ItemId[1024];
    private volatile int size;

    /** The item's number, or {@link #NONE}. */
    public int find(ItemId id) {
        Integer slot = slots.get(id);
        return slot == null ? NONE : slot;
    }

    /** The item's number, its next one if it has none. */
    public int of(ItemId id) {
        Integer slot = slots.get(id);
        return slot == null ? added(id) : slot;
    }

    private synchronized int added(ItemId id) {
        Integer slot = slots.get(id);
        if (slot != null) {
            return slot;
        }
        int next = size;
        if (next == ids.length) {
            ids = Arrays.copyOf(ids, 2 * next);
        }
        ids[next] = id;
        size = next + 1; // a volatile write: who has the number sees the id
        slots.put(id, next);
        return next;
    }

    /** @param slot that was given out here */
    public ItemId id(int slot) {
        return ids[slot];
    }

    /** Numbers given out are below this. */
    public int size() {
        return size;
    }
}
