package dev.milvuso.server.discover;

import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemTable;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Visit;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The catalogue by {@code created_at}, the newest first; not what is only to come. */
public final class Latest implements CandidateSource, Runnable {
    public static final String NAME = "latest";

    private static final double DAY = 86_400_000;
    private static final int SLOT_BITS = 25;

    private final Catalogue catalogue;
    private final Clock clock;
    private long revision = -1;
    private volatile int[] ranked = {};

    public Latest(Catalogue catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Ranks anew if the catalogue has changed. */
    @Override
    public void run() {
        long now = catalogue.revision();
        if (now == revision) {
            return;
        }
        revision = now;
        ItemTable items = catalogue.table();
        int size = catalogue.slots().size();
        // Time and slot in one number, so that primitives are sorted: a second is fine enough for an order.
        long[] keys = IntStream.range(0, size)
                .filter(items::isVisible)
                .mapToLong(slot -> Math.floorDiv(items.createdAt(slot), 1000L) << SLOT_BITS | slot)
                .toArray();
        Arrays.sort(keys);
        int[] newest = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            newest[i] = (int) (keys[keys.length - 1 - i] & (1 << SLOT_BITS) - 1);
        }
        ranked = newest;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String explanation() {
        return "among the newest of the catalogue";
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    /** Scores are days since the item came, below 0. */
    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        long now = clock.millis();
        int left = room;
        for (int slot : ranked) {
            if (left == 0) {
                return;
            }
            long age = now - visit.items().createdAt(slot);
            if (age >= 0 && visit.fits().test(slot) && into.add(slot, (float) (-age / DAY), self)) {
                left--;
            }
        }
    }
}
