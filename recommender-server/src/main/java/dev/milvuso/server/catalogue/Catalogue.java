package dev.milvuso.server.catalogue;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The catalogue as this instance knows it. Of several changes of one item the one with the largest number counts. */
public final class Catalogue {
    private final ItemSlots slots = new ItemSlots();
    private final Codes categories = new Codes();
    private final Codes tags = new Codes();
    private final Postings byCategory = new Postings();
    private final Postings byTag = new Postings();
    private final AtomicLong revision = new AtomicLong();
    private volatile ItemTable table = new ItemTable(1024);

    public synchronized void apply(Collection<Change> changes) {
        ItemTable now = table;
        long next = revision.get();
        for (Change change : changes) {
            int slot = slots.of(change.id());
            if (slot >= now.room()) {
                now = now.grown(Math.max(slot + 1, 2 * now.room()));
            }
            if (change.number() > now.change(slot)) {
                int[] categoryBefore = now.categoriesOf(slot);
                int[] tagsBefore = now.tagsOf(slot);
                now.set(slot, change, ++next, categories, tags);
                byCategory.move(slot, categoryBefore, now.categoriesOf(slot));
                byTag.move(slot, tagsBefore, now.tagsOf(slot));
            }
        }
        table = now; // a volatile write: who reads it after this sees the items as they are now
        revision.set(next);
    }

    /** The items of each category, by {@link #categories}. */
    public Postings byCategory() {
        return byCategory;
    }

    /** The items that have each tag, by {@link #tags}. */
    public Postings byTag() {
        return byTag;
    }

    public Optional<Item> find(ItemId id) {
        return Optional.ofNullable(table.item(slots.find(id)));
    }

    /** What is known of the items, by slot. */
    public ItemTable table() {
        return table;
    }

    /** The items' numbers; those of items that are not in the catalogue too. */
    public ItemSlots slots() {
        return slots;
    }

    public Codes categories() {
        return categories;
    }

    public Codes tags() {
        return tags;
    }

    /** Grows with every change. */
    public long revision() {
        return revision.get();
    }
}
