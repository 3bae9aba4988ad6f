package dev.milvuso.server.rules;

import dev.milvuso.action.UserId;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemTable;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Restriction;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/** Leaves out items outside of their {@code available_from} and {@code available_until}. */
public final class Availability implements Restriction, Runnable {
    private final Catalogue catalogue;
    private final Clock clock;
    private long looked;
    private final AtomicLong edges = new AtomicLong();

    public Availability(Catalogue catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
        this.looked = clock.millis();
    }

    /** Notices what has begun or ended to be available since the last time. To be run again and again. */
    @Override
    public synchronized void run() {
        long now = clock.millis();
        ItemTable items = catalogue.table();
        int size = catalogue.slots().size();
        for (int slot = 0; slot < size; slot++) {
            if (items.hasEdge(slot, looked, now)) {
                edges.incrementAndGet();
                break;
            }
        }
        looked = now;
    }

    @Override
    public long revision() {
        return edges.get();
    }

    @Override
    public String name() {
        return "unavailable";
    }

    @Override
    public IntPredicate of(Optional<UserId> user, Query query) {
        long now = clock.millis();
        ItemTable items = catalogue.table();
        return slot -> items.isAvailable(slot, now);
    }
}
