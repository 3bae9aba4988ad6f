package dev.milvuso.server.catalogue;

import dev.milvuso.action.IdHash;
import dev.milvuso.item.Item;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue in columns, by slot: what a request asks of many items is an array's element each. One writer at a
 * time; readers take it once from {@link Catalogue#table} and may see single items change under way. It does not grow:
 * slots beyond its room are not in the catalogue.
 */
public final class ItemTable {
    /** Items whose changes are counted together: see {@link #blockState}. */
    public static final int BLOCK = 64;

    private static final int[] NONE = {};

    /** Of {@link #states}: in the catalogue and not hidden. */
    private static final byte VISIBLE = 1;

    /** There are times at which the item is not available. */
    private static final byte AT_TIMES = 2;

    private final @Nullable Item[] items;

    /**
     * What is asked of nearly every candidate, and often all there is to ask: a byte each, so that they stay cached.
     */
    private final byte[] states;

    private final int[] categories;
    private final int[][] tags;
    private final double[] popularity;
    private final long[] createdAt;
    private final long[] from;
    private final long[] until;
    private final long[] hashes;
    private final long[] changes;
    private final long[] revisions;
    private final AtomicIntegerArray blocks;

    ItemTable(int room) {
        this(
                new Item[room],
                new byte[room],
                new int[room],
                new int[room][],
                new double[room],
                new long[room],
                new long[room],
                new long[room],
                new long[room],
                new long[room],
                new long[room],
                new AtomicIntegerArray(block(room - 1) + 1));
        Arrays.fill(tags, NONE);
    }

    private ItemTable(
            @Nullable Item[] items,
            byte[] states,
            int[] categories,
            int[][] tags,
            double[] popularity,
            long[] createdAt,
            long[] from,
            long[] until,
            long[] hashes,
            long[] changes,
            long[] revisions,
            AtomicIntegerArray blocks) {
        this.items = items;
        this.states = states;
        this.categories = categories;
        this.tags = tags;
        this.popularity = popularity;
        this.createdAt = createdAt;
        this.from = from;
        this.until = until;
        this.hashes = hashes;
        this.changes = changes;
        this.revisions = revisions;
        this.blocks = blocks;
    }

    ItemTable grown(int room) {
        int[][] moreTags = Arrays.copyOf(tags, room);
        Arrays.fill(moreTags, tags.length, room, NONE);
        AtomicIntegerArray moreBlocks = new AtomicIntegerArray(block(room - 1) + 1);
        for (int block = 0; block < blocks.length(); block++) {
            moreBlocks.setPlain(block, blocks.getPlain(block));
        }
        return new ItemTable(
                Arrays.copyOf(items, room),
                Arrays.copyOf(states, room),
                Arrays.copyOf(categories, room),
                moreTags,
                Arrays.copyOf(popularity, room),
                Arrays.copyOf(createdAt, room),
                Arrays.copyOf(from, room),
                Arrays.copyOf(until, room),
                Arrays.copyOf(hashes, room),
                Arrays.copyOf(changes, room),
                Arrays.copyOf(revisions, room),
                moreBlocks);
    }

    private static int block(int slot) {
        return slot / BLOCK;
    }

    /** Slots are below this. */
    public int room() {
        return items.length;
    }

    /** In the catalogue and not hidden. */
    public boolean isVisible(int slot) {
        return slot < states.length && (states[slot] & VISIBLE) != 0;
    }

    /** A code of {@link Catalogue#categories}. */
    public int category(int slot) {
        return categories[slot];
    }

    /** Whether the item has one of these; codes of {@link Catalogue#tags}. */
    public boolean hasTag(int slot, int[] any) {
        for (int mine : tags[slot]) {
            for (int wanted : any) {
                if (mine == wanted) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Codes of {@link Catalogue#tags}; not to be changed. */
    public int[] tags(int slot) {
        return tags[slot];
    }

    /** As the site says it; 0 of what was never in the catalogue. */
    public double popularity(int slot) {
        return popularity[slot];
    }

    /** Milliseconds since 1970. */
    public long createdAt(int slot) {
        return createdAt[slot];
    }

    /**
     * Whether the time lies in the item's availability window.
     *
     * @param at milliseconds since 1970
     */
    public boolean isAvailable(int slot, long at) {
        return slot >= states.length || (states[slot] & AT_TIMES) == 0 || (at >= from[slot] && at < until[slot]);
    }

    /** Whether the item becomes available or ends to be after one time and up to another. */
    public boolean hasEdge(int slot, long after, long to) {
        return slot < until.length
                && ((from[slot] > after && from[slot] <= to) || (until[slot] > after && until[slot] <= to));
    }

    /** Its {@link IdHash}. */
    public long hash(int slot) {
        return hashes[slot];
    }

    /** The number of its last change; 0 if it was never in the catalogue. */
    public long change(int slot) {
        return slot < changes.length ? changes[slot] : 0;
    }

    /** The {@link Catalogue#revision} that its last change has led to, or will in a moment. */
    public long revision(int slot) {
        return slot < revisions.length ? revisions[slot] : 0;
    }

    /**
     * Another number after each change of an item of a slot's block, the {@link #BLOCK} slots from a multiple of it on;
     * 0 while there were none. What was found out of them after this was read is true as long as it stays the same.
     */
    public int blockState(int slot) {
        return blocks.getAcquire(block(slot));
    }

    /** All that the site says of it; null if it is not in the catalogue. */
    public @Nullable Item item(int slot) {
        return slot >= 0 && slot < items.length ? items[slot] : null;
    }

    /** The item's category as an array of one; of none if it has none or is not in the catalogue. */
    int[] categoriesOf(int slot) {
        return items[slot] == null || categories[slot] == Codes.NONE ? NONE : new int[] {categories[slot]};
    }

    /** The item's tags; none if it is not in the catalogue. */
    int[] tagsOf(int slot) {
        return items[slot] == null ? NONE : tags[slot];
    }

    void set(int slot, Change change, long revision, Codes categoryCodes, Codes tagCodes) {
        @Nullable Item item = change.item().orElse(null);
        changes[slot] = change.number();
        revisions[slot] = revision;
        hashes[slot] = IdHash.of(change.id().value());
        if (item != null) {
            categories[slot] = item.category().map(categoryCodes::of).orElse(Codes.NONE);
            tags[slot] = item.tags().stream().mapToInt(tagCodes::of).toArray();
            popularity[slot] = item.popularityScore();
            createdAt[slot] = item.createdAt().toEpochMilli();
            from[slot] = item.availableFrom().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
            until[slot] = item.availableUntil().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        }
        items[slot] = item;
        states[slot] = state(slot);
        blocks.setRelease(block(slot), blocks.getPlain(block(slot)) + 1); // after all of it
    }

    private byte state(int slot) {
        @Nullable Item item = items[slot];
        boolean isAtTimes = from[slot] != Long.MIN_VALUE || until[slot] != Long.MAX_VALUE;
        return (byte) ((item != null && !item.hidden() ? VISIBLE : 0) | (isAtTimes ? AT_TIMES : 0));
    }
}
