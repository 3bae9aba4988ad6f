package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.server.catalogue.ItemHash;

/** What one user has acted on, by {@link ItemHash}. Safe for use by many threads. */
public final class Seen {
    /** Of nobody; not to be added to. */
    static final Seen NOTHING = new Seen();

    private volatile HashSet64 items = new HashSet64();
    private volatile boolean loaded;

    void add(ItemId item) {
        add(ItemHash.of(item));
    }

    private synchronized void add(long hash) {
        HashSet64 now = items;
        if (now.isFull()) {
            now = now.grown();
        }
        now.add(hash);
        items = now; // a volatile write: readers see what was added
    }

    void loaded() {
        loaded = true;
    }

    boolean isLoaded() {
        return loaded;
    }

    public boolean contains(long hash) {
        return items.contains(hash);
    }

    public boolean contains(ItemId item) {
        return contains(ItemHash.of(item));
    }

    /** How many items these are. */
    public int count() {
        return items.size();
    }
}
