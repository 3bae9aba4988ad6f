package dev.milvuso.vector.embedded;

import dev.milvuso.vector.Filter;
import dev.milvuso.vector.embedded.column.RowTest;
import dev.milvuso.vector.embedded.column.SlotBits;
import dev.milvuso.vector.index.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows the filters of recent searches find, a bit a row, kept up by every write: a filter that comes again costs
 * nothing. One that finds many rows of a large table is asked of candidates alone, until it has come so often that all
 * its bits together cost less.
 *
 * <p>Any number of threads may select while nobody writes.
 */
final class FilterBitmaps {
    private static final int KEPT = 32;
    private static final int SAMPLE = 512;
    /** With fewer rows all are asked at once. */
    private static final int LARGE = 20_000;
    /** Of a sample that a filter found, to be asked of candidates. */
    private static final double MANY = 0.05;
    /** Rows that are asked all at once in a tenth of the time that a search takes. */
    private static final int QUICK = 1 << 14;

    private final VectorTable table;
    private final Map<Rule, Kept> recent = new LinkedHashMap<>(KEPT, 0.75f, true);

    /** What a row must fulfil. */
    private record Rule(Optional<Filter> filter, Set<String> partitions) {}

    /** A rule that has been searched by. */
    private static final class Kept {
        private final RowTest test;
        private final double share;
        private volatile @Nullable SlotBits slots;
        private int uses;

        /** @param share of the rows that fulfil it, about */
        Kept(RowTest test, double share) {
            this.test = test;
            this.share = share;
        }
    }

    FilterBitmaps(VectorTable table) {
        this.table = table;
    }

    /**
     * @param filter checked
     * @param partitions none means all
     */
    Selection select(Optional<Filter> filter, Set<String> partitions) {
        if (filter.isEmpty() && partitions.isEmpty()) {
            return Selection.ALL;
        }
        Rule rule = new Rule(filter, partitions);
        Kept kept = recent(rule);
        if (kept == null) {
            RowTest test = test(filter, partitions);
            kept = new Kept(test, table.size() < LARGE ? 0 : share(test));
            keep(rule, kept);
        }
        SlotBits slots = kept.slots;
        if (slots == null && (kept.share < MANY || uses(kept) > table.size() / QUICK)) {
            slots = kept.test.of(table.live());
            kept.slots = slots;
        }
        return slots == null
                ? new AskedSelection(kept.test, table.live(), (int) (kept.share * table.size()))
                : new BitsSelection(slots);
    }

    /** What is asked of one row. */
    RowTest test(Optional<Filter> filter, Set<String> partitions) {
        List<RowTest> tests = new ArrayList<>();
        if (!partitions.isEmpty()) {
            tests.add(table.origins().in(partitions));
        }
        filter.ifPresent(it -> tests.add(table.test(it)));
        return RowTest.all(tests);
    }

    private @Nullable Kept recent(Rule rule) {
        synchronized (recent) {
            return recent.get(rule);
        }
    }

    private void keep(Rule rule, Kept kept) {
        synchronized (recent) {
            recent.put(rule, kept);
            if (recent.size() > KEPT) {
                recent.remove(recent.keySet().iterator().next());
            }
        }
    }

    private int uses(Kept kept) {
        synchronized (recent) {
            return ++kept.uses;
        }
    }

    /** Of rows evenly spread. */
    private double share(RowTest test) {
        SlotBits live = table.live();
        int asked = 0;
        int found = 0;
        int step = Math.max(1, live.length() / SAMPLE);
        for (int slot = live.next(0); slot >= 0; slot = live.next(slot + step)) {
            asked++;
            found += test.test(slot) ? 1 : 0;
        }
        return asked == 0 ? 0 : (double) found / asked;
    }

    /** After a row was written; while nobody reads. */
    void put(int slot) {
        for (Kept kept : recent.values()) {
            if (kept.slots != null) {
                kept.slots.set(slot, kept.test.test(slot));
            }
        }
    }

    /** After a row was deleted; while nobody reads. */
    void remove(int slot) {
        for (Kept kept : recent.values()) {
            if (kept.slots != null) {
                kept.slots.set(slot, false);
            }
        }
    }
}
