package dev.milvuso.server.recommend;

import dev.milvuso.action.IdHash;
import dev.milvuso.action.ItemId;
import org.jspecify.annotations.Nullable;

/**
 * What one user has acted on, by {@link IdHash}: the last hundreds exactly, some thousands before them in Bloom
 * filters, and nothing of what lies further back, so that nobody takes more than 50 KB. Of an item that was not acted
 * on a filter says otherwise once in two thousand. Safe for use by many threads.
 */
public final class Seen {
    /** Of nobody; not to be added to. */
    static final Seen NOTHING = new Seen();

    private static final int EXACT = 512;
    private static final int FILTERED = 8192;

    /** All of it at once, so that readers see no item missing while it moves from one to the other. */
    private record Known(
            HashSet64 last,
            @Nullable BloomFilter earlier,
            @Nullable BloomFilter earliest) {
        boolean contains(long hash) {
            return last.contains(hash)
                    || (earlier != null && earlier.contains(hash))
                    || (earliest != null && earliest.contains(hash));
        }
    }

    private volatile Known known = new Known(new HashSet64(), null, null);
    private volatile boolean loaded;

    void add(ItemId item) {
        add(IdHash.of(item.value()));
    }

    private synchronized void add(long hash) {
        Known now = known;
        if (now.last().contains(hash)) {
            return;
        }
        if (now.last().size() == EXACT) {
            now = poured(now);
        } else if (now.last().isFull()) {
            now = new Known(now.last().grown(), now.earlier(), now.earliest());
        }
        now.last().add(hash);
        known = now; // a volatile write: readers see what was added
    }

    private static Known poured(Known now) {
        BloomFilter earlier = now.earlier();
        BloomFilter earliest = now.earliest();
        if (earlier == null || earlier.count() + EXACT > FILTERED) {
            earliest = earlier;
            earlier = new BloomFilter(FILTERED);
        }
        now.last().forEach(earlier::add);
        return new Known(new HashSet64(), earlier, earliest);
    }

    void loaded() {
        loaded = true;
    }

    boolean isLoaded() {
        return loaded;
    }

    boolean isEmpty() {
        Known now = known;
        return now.last().size() == 0 && now.earlier() == null;
    }

    public boolean contains(long hash) {
        return known.contains(hash);
    }

    public boolean contains(ItemId item) {
        return contains(IdHash.of(item.value()));
    }

    /** How many items these are at most: one that was acted on again long after counts twice. */
    public int count() {
        Known now = known;
        return now.last().size() + count(now.earlier()) + count(now.earliest());
    }

    private static int count(@Nullable BloomFilter filter) {
        return filter == null ? 0 : filter.count();
    }

    /** Memory of it, by arrays' sizes. */
    long bytes() {
        Known now = known;
        return now.last().bytes() + bytes(now.earlier()) + bytes(now.earliest());
    }

    private static long bytes(@Nullable BloomFilter filter) {
        return filter == null ? 0 : filter.bytes();
    }
}
