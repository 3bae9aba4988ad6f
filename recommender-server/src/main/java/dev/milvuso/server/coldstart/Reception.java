package dev.milvuso.server.coldstart;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import dev.milvuso.action.IdHash;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.server.catalogue.ItemSlots;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts into {@link Evidence} what users do and are shown. This instance's own events come twice, at once and by the
 * log: whose id was seen lately is passed over. Safe for use by many threads.
 */
public final class Reception {
    private static final int REMEMBERED = 1 << 16;

    private final Evidence evidence;
    private final ItemSlots slots;
    private final ActionTypes types;
    private final AtomicLongArray recent = new AtomicLongArray(REMEMBERED);

    public Reception(Evidence evidence, ItemSlots slots, ActionTypes types) {
        this.evidence = evidence;
        this.slots = slots;
        this.types = types;
    }

    public void happened(UserEvent event) {
        if (event instanceof Action action && isNew(action.eventId().value())) {
            count(action);
        } else if (event instanceof ServedList list && isNew(list.requestId().value())) {
            for (int i = 0; i < list.items().size(); i++) {
                int slot = slots.ofUnheardOf(list.items().id(i));
                if (slot != ItemSlots.NONE) {
                    evidence.addShown(slot);
                }
            }
        }
    }

    private void count(Action action) {
        int slot = slots.ofUnheardOf(action.itemId());
        if (slot == ItemSlots.NONE) {
            return;
        }
        if (action.type().equals(ActionType.IMPRESSION)) {
            evidence.addShown(slot);
            return;
        }
        evidence.addAction(
                slot, types.find(action.type()).filter(type -> type.sign() > 0).isPresent());
    }

    private boolean isNew(String id) {
        long hash = IdHash.of(id);
        return recent.getAndSet((int) (hash & (REMEMBERED - 1)), hash) != hash;
    }
}
