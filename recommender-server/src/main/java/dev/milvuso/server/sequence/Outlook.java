package dev.milvuso.server.sequence;

import dev.milvuso.server.recommend.SlotSums;
import dev.milvuso.server.recommend.Visit;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** How likely which items come next for one visitor, by slot. Used again and again; for one thread at a time. */
final class Outlook {
    private final SlotSums likely = new SlotSums();
    private float[] room = new float[256];
    private @Nullable WeakReference<Visit> visit;

    /** As many numbers of any value, for whoever has the outlook. */
    float[] room(int count) {
        if (count > room.length) {
            room = new float[Math.max(count, 2 * room.length)];
        }
        return room;
    }

    boolean isOf(Visit other) {
        return visit != null && visit.refersTo(other);
    }

    /** Forgets all; what comes from now on is of this visit. */
    void begin(Visit other) {
        likely.clear();
        visit = new WeakReference<>(other);
    }

    void add(int slot, float probability) {
        likely.add(slot, probability);
    }

    int size() {
        return likely.size();
    }

    /** @param i below {@link #size} */
    int slot(int i) {
        return likely.slot(i);
    }

    /** @param i below {@link #size} */
    float probability(int i) {
        return likely.sum(i);
    }

    /** 0 for an item that is not expected. */
    float of(int slot) {
        return likely.of(slot);
    }
}
