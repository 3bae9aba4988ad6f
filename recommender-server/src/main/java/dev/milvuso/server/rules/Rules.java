package dev.milvuso.server.rules;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.server.catalogue.Catalogue;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The business rules as this instance knows them, kept up to date with their record. While that does not answer, they
 * stay as they are.
 */
public final class Rules implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Rules.class);

    private final RuleStore store;
    private final Catalogue catalogue;
    private final ItemFilters filters;
    private final Clock clock;
    private final Runnable changed;
    private String mark = "";
    private List<Rule> rules = List.of();
    private Instant next = Instant.MAX;
    private long revision = -1;
    private final AtomicBoolean isCold = new AtomicBoolean();
    private volatile RuleTable table;
    private final AtomicLong generation = new AtomicLong();

    /** @param changed told when lists that were made before may be wrong */
    public Rules(RuleStore store, Catalogue catalogue, ItemFilters filters, Clock clock, Runnable changed) {
        this.store = store;
        this.catalogue = catalogue;
        this.filters = filters;
        this.clock = clock;
        this.changed = changed;
        this.table = RuleTable.of(List.of(), clock.instant(), catalogue, filters);
    }

    /** Refreshes, and finds out what items fall under ahead of requests. To be run again and again, by one thread. */
    @Override
    public void run() {
        refresh();
        if (isCold.getAndSet(false)) {
            table.warm();
        }
    }

    /** Reads what is new, and lets rules begin and end. */
    public synchronized void refresh() {
        boolean isNew = false;
        try {
            Optional<RuleStore.All> read = store.readUnless(mark);
            if (read.isPresent()) {
                rules = read.get().rules();
                mark = read.get().mark();
                isNew = true;
            }
        } catch (Unavailable e) {
            LOG.debug("the rules are kept as they are", e);
        } catch (RuntimeException e) {
            LOG.warn("the rules could not be read", e);
        }
        Instant now = clock.instant();
        if (isNew || !now.isBefore(next)) {
            publish(now);
        }
        follow();
    }

    private void publish(Instant now) {
        boolean mattered = !table.isEmpty();
        revision = -1; // its items are to be found out
        table = RuleTable.of(rules, now, catalogue, filters);
        next = rules.stream()
                .flatMap(rule -> Stream.of(rule.from(), rule.until()).flatMap(Optional::stream))
                .filter(edge -> edge.isAfter(now))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        if (mattered || !table.isEmpty()) {
            generation.incrementAndGet();
            changed.run();
        }
    }

    private void follow() {
        long now = catalogue.revision();
        if (now != revision && !table.isEmpty()) {
            revision = now;
            table.follow();
            isCold.set(true);
        }
    }

    /** Grows whenever rules change, begin or end. */
    long generation() {
        return generation.get();
    }

    AppliedRules applied(Optional<UserId> user, Optional<ItemId> contextItem) {
        RuleTable now = table;
        return new AppliedRules(now, now.applied(user, contextItem));
    }

    /** Whether there is any rule now. */
    boolean isEmpty() {
        return table.isEmpty();
    }
}
