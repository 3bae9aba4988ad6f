package dev.milvuso.server.catalogue;

import dev.milvuso.item.Item;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue in columns, by slot: what a request asks of many items is an array's element each. One writer at a
 * time; readers take it once from {@link Catalogue#table} and may see single items change under way. It does not grow:
 * slots beyond its room are not in the catalogue.
 */
public final class ItemTable {
    private static final int[] NONE = {};

    private final @Nullable Item[] items;
    private final boolean[] visible;
    private final int[] categories;
    private final int[][] tags;
    private final long[] createdAt;
    private final long[] from;
    private final long[] until;
    private final long[] hashes;
    private final long[] changes;
    private final long[] revisions;

    ItemTable(int room) {
        this(
                new Item[room],
                new boolean[room],
                new int[room],
                new int[room][],
                new long[room],
                new long[room],
                new long[room],
                new long[room],
                new long[room],
                new long[room]);
        Arrays.fill(tags, NONE);
    }

    private ItemTable(
            @Nullable Item[] items,
            boolean[] visible,
            int[] categories,
            int[][] tags,
            long[] createdAt,
            long[] from,
            long[] until,
            long[] hashes,
            long[] changes,
            long[] revisions) {
        this.items = items;
        this.visible = visible;
        this.categories = categories;
        this.tags = tags;
        this.createdAt = createdAt;
        this.from = from;
        this.until = until;
        this.hashes = hashes;
        this.changes = changes;
        this.revisions = revisions;
    }

    ItemTable grown(int room) {
        int[][] moreTags = Arrays.copyOf(tags, room);
        Arrays.fill(moreTags, tags.length, room, NONE);
        return new ItemTable(
                Arrays.copyOf(items, room),
                Arrays.copyOf(visible, room),
                Arrays.copyOf(categories, room),
                moreTags,
                Arrays.copyOf(createdAt, room),
                Arrays.copyOf(from, room),
                Arrays.copyOf(until, room),
                Arrays.copyOf(hashes, room),
                Arrays.copyOf(changes, room),
                Arrays.copyOf(revisions, room));
    }

    /** Slots are below this. */
    public int room() {
        return items.length;
    }

    /** In the catalogue and not hidden. */
    public boolean isVisible(int slot) {
        return slot < visible.length && visible[slot];
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
        return slot >= until.length || (at >= from[slot] && at < until[slot]);
    }

    /** Whether the item becomes available or ends to be after one time and up to another. */
    public boolean hasEdge(int slot, long after, long to) {
        return slot < until.length
                && ((from[slot] > after && from[slot] <= to) || (until[slot] > after && until[slot] <= to));
    }

    /** Its {@link ItemHash}. */
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
        hashes[slot] = ItemHash.of(change.id());
        if (item != null) {
            categories[slot] = item.category().map(categoryCodes::of).orElse(Codes.NONE);
            tags[slot] = item.tags().stream().mapToInt(tagCodes::of).toArray();
            createdAt[slot] = item.createdAt().toEpochMilli();
            from[slot] = item.availableFrom().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
            until[slot] = item.availableUntil().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        }
        items[slot] = item;
        visible[slot] = item != null && !item.hidden();
    }
}
