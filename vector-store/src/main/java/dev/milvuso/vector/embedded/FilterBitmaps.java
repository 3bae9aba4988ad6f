package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.filter.RowFilter;
import dev.milvuso.vector.index.Selection;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which rows the filters of recent searches find, a bit a row, kept up by every write: a filter that comes again costs
 * nothing. One that comes for the first time and finds many rows of a large table is asked of candidates alone.
 *
 * <p>Any number of threads may select while nobody writes.
 */
final class FilterBitmaps {
    private static final int KEPT = 32;
    private static final int SAMPLE = 1024;
    /** With fewer rows all are asked at once. */
    private static final int LARGE = 20_000;
    /** Of a sample that a filter found, to be asked of candidates. */
    private static final double MANY = 0.05;

    private final CollectionSchema schema;
    private final VectorTable table;
    private final Map<Rule, Kept> recent = new LinkedHashMap<>(KEPT, 0.75f, true);

    /** What a row must fulfil. */
    private record Rule(Optional<Filter> filter, Set<String> partitions) {}

    /** @param slots that fulfil it; null while it has been seen but once */
    private record Kept(IntPredicate test, @Nullable BitSet slots) {}

    FilterBitmaps(CollectionSchema schema, VectorTable table) {
        this.schema = schema;
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
        Kept known = recent(rule);
        if (known != null && known.slots() != null) {
            return Selection.of(known.slots());
        }
        IntPredicate test = test(filter, partitions);
        if (known == null && table.size() >= LARGE) {
            double share = share(test);
            if (share >= MANY) {
                keep(rule, new Kept(test, null));
                return estimated(test, (int) (share * table.size()));
            }
        }
        BitSet slots = table.live().stream().filter(test).collect(BitSet::new, BitSet::set, BitSet::or);
        keep(rule, new Kept(test, slots));
        return Selection.of(slots);
    }

    private IntPredicate test(Optional<Filter> filter, Set<String> partitions) {
        IntPredicate within = slot ->
                partitions.isEmpty() || partitions.contains(table.row(slot).partition());
        return filter.map(it -> within.and(new RowFilter(schema, table).test(it)))
                .orElse(within);
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

    /** Of rows evenly spread. */
    private double share(IntPredicate test) {
        BitSet live = table.live();
        int asked = 0;
        int found = 0;
        int step = Math.max(1, live.length() / SAMPLE);
        for (int slot = live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + step)) {
            asked++;
            found += test.test(slot) ? 1 : 0;
        }
        return asked == 0 ? 0 : (double) found / asked;
    }

    private Selection estimated(IntPredicate test, int count) {
        return new Selection() {
            @Override
            public boolean contains(int slot) {
                return test.test(slot);
            }

            @Override
            public int count() {
                return count;
            }

            @Override
            public IntStream slots() {
                return table.live().stream().filter(test);
            }
        };
    }

    /** After a row was written; while nobody reads. */
    void put(int slot) {
        for (Kept kept : recent.values()) {
            if (kept.slots() != null) {
                kept.slots().set(slot, kept.test().test(slot));
            }
        }
    }

    /** After a row was deleted; while nobody reads. */
    void remove(int slot) {
        for (Kept kept : recent.values()) {
            if (kept.slots() != null) {
                kept.slots().clear(slot);
            }
        }
    }
}
