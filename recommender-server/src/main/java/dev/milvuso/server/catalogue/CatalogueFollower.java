package dev.milvuso.server.catalogue;

import dev.milvuso.component.Unavailable;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalogue up to date with its record. Numbers are drawn before they are committed, so a smaller one may
 * appear after a larger one; everything of the last seconds is therefore read again.
 */
public final class CatalogueFollower implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueFollower.class);
    private static final int PAGE = 5000;
    private static final long OVERLAP_MILLIS = 5000;

    private record Mark(long atMillis, long number) {}

    private final CatalogueStore store;
    private final Catalogue catalogue;
    private final Clock clock;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long settled;
    private volatile boolean caughtUp;

    public CatalogueFollower(CatalogueStore store, Catalogue catalogue, Clock clock) {
        this.store = store;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Reads what is new, once. */
    @Override
    public void run() {
        try {
            read();
            caughtUp = true;
        } catch (Unavailable e) {
            LOG.debug("the catalogue is kept as it is", e);
        } catch (RuntimeException e) {
            LOG.warn("the catalogue could not be read", e);
        }
    }

    private void read() {
        long now = clock.millis();
        while (!marks.isEmpty() && marks.element().atMillis() < now - OVERLAP_MILLIS) {
            settled = marks.remove().number();
        }
        long last = settled;
        List<Change> page;
        do {
            page = store.changesAfter(last, PAGE);
            catalogue.apply(page);
            last = page.isEmpty() ? last : page.get(page.size() - 1).number();
        } while (page.size() == PAGE);
        if (last > (marks.isEmpty() ? settled : marks.getLast().number())) {
            marks.add(new Mark(now, last));
        }
    }

    public boolean caughtUp() {
        return caughtUp;
    }
}
