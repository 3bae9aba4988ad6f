package dev.milvuso.joiner.core;

import java.util.ArrayList;
import java.util.List;

/** What is known of one request. Immutable. */
public record Request(List<Slot> slots) {
    static final Request NONE = new Request(List.of());

    public Request {
        slots = List.copyOf(slots);
    }

    /** Event time in milliseconds at which the next slot closes. */
    public long nextClose() {
        long next = Long.MAX_VALUE;
        for (Slot slot : slots) {
            next = Math.min(next, slot.closes());
        }
        return next;
    }

    Slot slot(String item) {
        for (Slot slot : slots) {
            if (slot.item().equals(item)) {
                return slot;
            }
        }
        return Slot.empty(item);
    }

    Request with(Slot changed) {
        List<Slot> changedSlots = new ArrayList<>(slots.size() + 1);
        for (Slot slot : slots) {
            if (!slot.item().equals(changed.item())) {
                changedSlots.add(slot);
            }
        }
        changedSlots.add(changed);
        return new Request(changedSlots);
    }
}
