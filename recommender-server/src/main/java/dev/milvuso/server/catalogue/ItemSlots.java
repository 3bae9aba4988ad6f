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
    private final int mostUnheardOf;
    private int unheardOf;

    public ItemSlots() {
        this(1_000_000);
    }

    /** @param mostUnheardOf that {@link #ofUnheardOf} numbers: whoever may post actions can make items up */
    ItemSlots(int mostUnheardOf) {
        this.mostUnheardOf = mostUnheardOf;
    }

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

    /**
     * As {@link #of}, of an item of which nothing else may be known than that something was done with it. Some get a
     * number, then no more do.
     *
     * @return {@link #NONE} if it has no number and gets none
     */
    public int ofUnheardOf(ItemId id) {
        Integer slot = slots.get(id);
        return slot == null ? addedUnheardOf(id) : slot;
    }

    private synchronized int addedUnheardOf(ItemId id) {
        if (unheardOf == mostUnheardOf) {
            return find(id);
        }
        unheardOf++;
        return added(id);
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
