package dev.milvuso.server.catalogue;

import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The catalogue as this instance knows it. Of several changes of one item the one with the largest number counts. */
public final class Catalogue {
    private final ConcurrentHashMap<ItemId, Change> items = new ConcurrentHashMap<>();
    private final AtomicLong revision = new AtomicLong();

    public void apply(Collection<Change> changes) {
        for (Change change : changes) {
            Change kept = items.merge(change.id(), change, (old, next) -> next.number() > old.number() ? next : old);
            if (Objects.equals(kept, change)) {
                revision.incrementAndGet();
            }
        }
    }

    public Optional<Item> find(ItemId id) {
        Change change = items.get(id);
        return change == null ? Optional.empty() : change.item();
    }

    /** Those that may be recommended. */
    public Stream<Item> visible() {
        return items.values().stream().flatMap(change -> change.item().stream()).filter(item -> !item.hidden());
    }

    /** Grows with every change. */
    public long revision() {
        return revision.get();
    }
}
