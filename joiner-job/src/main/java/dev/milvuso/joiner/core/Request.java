package dev.milvuso.joiner.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is open of one request. Immutable.
 *
 * @param served the list, until it closes
 * @param servedCloses event time in milliseconds at which the items of the list have waited long enough
 */
public record Request(@Nullable Served served, long servedCloses, List<Slot> slots) {
    static final Request NONE = new Request(null, Long.MAX_VALUE, List.of());

    public Request {
        slots = List.copyOf(slots);
    }

    /** Event time in milliseconds at which the next part closes. */
    public long nextClose() {
        long next = servedCloses;
        for (Slot slot : slots) {
            next = Math.min(next, slot.closes());
        }
        return next;
    }

    boolean isEmpty() {
        return served == null && slots.isEmpty();
    }

    @Nullable Slot slot(String item) {
        for (Slot slot : slots) {
            if (slot.item().equals(item)) {
                return slot;
            }
        }
        return null;
    }

    Slot slotOrNew(String item) {
        Slot known = slot(item);
        if (known != null) {
            return known;
        }
        return served != null && served.items().contains(item)
                ? new Slot(item, served.modelVersion(), List.of(), null, servedCloses)
                : new Slot(item, "", List.of(), null, Long.MIN_VALUE);
    }

    Request with(Slot changed) {
        List<Slot> changedSlots = new ArrayList<>(slots.size() + 1);
        for (Slot slot : slots) {
            if (!slot.item().equals(changed.item())) {
                changedSlots.add(slot);
            }
        }
        changedSlots.add(changed);
        return new Request(served, servedCloses, changedSlots);
    }

    Request with(Served list, long closes) {
        List<Slot> slotsOfList = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            slotsOfList.add(list.items().contains(slot.item()) ? slot.servedBy(list, closes) : slot);
        }
        return new Request(list, closes, slotsOfList);
    }
}
