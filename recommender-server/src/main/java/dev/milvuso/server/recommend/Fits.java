package dev.milvuso.server.recommend;

import dev.milvuso.action.UserId;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.Codes;
import dev.milvuso.server.catalogue.ItemTable;
import dev.milvuso.server.catalogue.Postings;
import dev.milvuso.vector.index.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which items one request may be answered with, by slot. For one thread. */
public final class Fits implements IntPredicate, Selection {
    private static final IntPredicate[] NO_RESTRICTIONS = {};

    private final ItemTable items;
    private final Postings byCategory;
    private final Postings byTag;
    private final int[] categories;
    private final int[] tags;
    private final boolean anyCategory;
    private final boolean anyTag;
    private final int[] excluded;
    private final IntPredicate[] restrictions;
    private final List<String> names;
    /** Null if nothing was: then candidates' hashes need not be read. */
    private @Nullable Seen seen;

    private @Nullable IntPredicate more;

    private Fits(Catalogue catalogue, Query query, IntPredicate[] restrictions, List<String> names) {
        this.names = names;
        this.items = catalogue.table();
        this.byCategory = catalogue.byCategory();
        this.byTag = catalogue.byTag();
        this.anyCategory = query.categories().isEmpty();
        this.anyTag = query.tags().isEmpty();
        this.categories = catalogue.categories().find(query.categories());
        this.tags = catalogue.tags().find(query.tags());
        this.excluded = query.excluded().stream()
                .mapToInt(catalogue.slots()::find)
                .sorted()
                .toArray();
        this.restrictions = restrictions;
    }

    /** What the query and the restrictions say; nothing counts as seen yet. */
    static Fits of(Catalogue catalogue, Optional<UserId> user, Query query, List<Restriction> restrictions) {
        List<IntPredicate> all = new ArrayList<>(restrictions.size());
        List<String> names = new ArrayList<>(restrictions.size());
        for (Restriction each : restrictions) {
            IntPredicate one = each.of(user, query);
            if (one != null) {
                all.add(one);
                names.add(each.name());
            }
        }
        return new Fits(catalogue, query, all.toArray(NO_RESTRICTIONS), names);
    }

    /** From now on these do not fit. */
    void without(Seen all) {
        seen = all.isEmpty() ? null : all;
    }

    /** From now on {@link #test} asks this too, beside what it was told before. */
    public void also(IntPredicate asked) {
        more = more == null ? asked : more.and(asked);
    }

    @Override
    public boolean contains(int slot) {
        return test(slot);
    }

    /** How many items are of the categories or have the tag; -1 if any may fit. */
    @Override
    public int count() {
        if (!anyCategory) {
            int count = 0;
            for (int category : categories) {
                count += byCategory.count(category);
            }
            return count;
        }
        return isOneTag() ? byTag.count(tags[0]) : -1;
    }

    @Override
    public IntStream slots() {
        if (anyCategory) {
            return byTag.slots(tags[0]);
        }
        return categories.length == 1
                ? byCategory.slots(categories[0])
                : Arrays.stream(categories).flatMap(byCategory::slots);
    }

    /** Of several, items that have two of them would be looked at twice. */
    private boolean isOneTag() {
        return !anyTag && tags.length == 1;
    }

    @Override
    public boolean test(int slot) {
        return isOffered(slot) && !isSeen(slot) && (more == null || more.test(slot));
    }

    private boolean isSeen(int slot) {
        return seen != null && seen.contains(items.hash(slot));
    }

    /** As {@link #test}, whatever has been seen. */
    public boolean isOffered(int slot) {
        if (slot < 0
                || !items.isVisible(slot)
                || !(anyCategory || isOfCategory(items.category(slot)))
                || !(anyTag || items.hasTag(slot, tags))
                || (excluded.length > 0 && Arrays.binarySearch(excluded, slot) >= 0)) {
            return false;
        }
        for (IntPredicate each : restrictions) {
            if (!each.test(slot)) {
                return false;
            }
        }
        return true;
    }

    private boolean isOfCategory(int category) {
        for (int each : categories) {
            if (category == each) {
                return category != Codes.NONE;
            }
        }
        return false;
    }

    /** How many items at most are left out because of who asks. */
    public int leftOut() {
        return (seen == null ? 0 : seen.count()) + excluded.length;
    }

    /**
     * How many items of the catalogue are left out, by what leaves them out; each counts once, for the first of them.
     */
    Map<String, Integer> leftOutBy(int size) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int slot = 0; slot < size; slot++) {
            String reason = items.item(slot) == null ? null : reason(slot);
            if (reason != null) {
                counts.merge(reason, 1, Integer::sum);
            }
        }
        return counts;
    }

    private @Nullable String reason(int slot) {
        if (!items.isVisible(slot)) {
            return "hidden";
        }
        if (excluded.length > 0 && Arrays.binarySearch(excluded, slot) >= 0) {
            return "excluded";
        }
        if (!(anyCategory || isOfCategory(items.category(slot)))) {
            return "category";
        }
        if (!(anyTag || items.hasTag(slot, tags))) {
            return "tags";
        }
        for (int i = 0; i < restrictions.length; i++) {
            if (!restrictions[i].test(slot)) {
                return names.get(i);
            }
        }
        return isSeen(slot) ? "seen" : null;
    }
}
