package dev.milvuso.server.rules;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that are active, and which of them each item falls under: found out when rules or items change, or when an
 * item is asked for before that, never by a request for an item that is known. Safe for use by many threads.
 */
final class RuleTable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleTable.class);
    private static final Comparator<Rule> FIRST =
            Comparator.comparingInt(Rule::priority).reversed().thenComparing(Rule::name);
    private static final int[] NONE = {};

    /** What one item falls under, as of one of its changes: places in {@link #rules}. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Marks(long change, int[] rules) {}

    private final Catalogue catalogue;
    private final List<Rule> rules;
    private final IntPredicate[] items;
    private final IntPredicate[] contexts;
    private volatile AtomicReferenceArray<@Nullable Marks> marks = new AtomicReferenceArray<>(0);

    /** By rule: the slots that it pins one of, the site's favourites first. */
    private volatile int[][] pinned;

    private RuleTable(Catalogue catalogue, List<Rule> rules, List<IntPredicate> items, List<IntPredicate> contexts) {
        this.catalogue = catalogue;
        this.rules = List.copyOf(rules);
        this.items = items.toArray(IntPredicate[]::new);
        this.contexts = contexts.toArray(IntPredicate[]::new);
        this.pinned = new int[rules.size()][0];
        follow();
    }

    /** Of those rules that are active at a time. */
    static RuleTable of(List<Rule> all, Instant at, Catalogue catalogue, ItemFilters filters) {
        List<Rule> rules = new ArrayList<>();
        List<IntPredicate> items = new ArrayList<>();
        List<IntPredicate> contexts = new ArrayList<>();
        for (Rule rule :
                all.stream().filter(each -> each.isActive(at)).sorted(FIRST).toList()) {
            try {
                IntPredicate item = test(rule.when().item(), catalogue, filters);
                IntPredicate context = test(rule.when().contextItem(), catalogue, filters);
                rules.add(rule);
                items.add(item);
                contexts.add(context);
            } catch (IllegalArgumentException e) {
                LOG.warn("rule {} is passed over: {}", rule.name(), e.getMessage());
            }
        }
        return new RuleTable(catalogue, rules, items, contexts);
    }

    private static IntPredicate test(Optional<String> text, Catalogue catalogue, ItemFilters filters) {
        return text.map(filters::parse)
                .map(filter ->
                        ItemFilters.test(filter, slot -> catalogue.table().item(slot)))
                .orElse(slot -> true);
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    Rule rule(int rule) {
        return rules.get(rule);
    }

    /** Makes room for the catalogue as it is, and looks for what is to be pinned. */
    void follow() {
        ItemTable table = catalogue.table();
        if (!rules.isEmpty() && marks.length() < table.room()) {
            marks = new AtomicReferenceArray<>(table.room());
        }
        int[][] found = new int[rules.size()][0];
        for (int rule = 0; rule < found.length; rule++) {
            if (rules.get(rule).then() instanceof Then.Pin) {
                found[rule] = slotsOf(rule, table);
            }
        }
        pinned = found;
    }

    private int[] slotsOf(int rule, ItemTable table) {
        return IntStream.range(0, catalogue.slots().size())
                .filter(slot -> table.isVisible(slot) && items[rule].test(slot))
                .boxed()
                .sorted(Comparator.comparingDouble(slot -> -Optional.ofNullable(table.item(slot))
                        .map(Item::popularityScore)
                        .orElse(0.0)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Finds out what each item falls under, ahead of requests. */
    void warm() {
        int size = isEmpty() ? 0 : catalogue.slots().size();
        for (int slot = 0; slot < size; slot++) {
            marks(slot);
        }
    }

    /** What an item falls under: places of rules, the first of them first. Not to be changed. */
    int[] marks(int slot) {
        long change = catalogue.table().change(slot);
        AtomicReferenceArray<@Nullable Marks> kept = marks;
        Marks known = slot < kept.length() ? kept.get(slot) : null;
        if (known != null && known.change() == change) {
            return known.rules();
        }
        int[] found = IntStream.range(0, items.length)
                .filter(rule -> items[rule].test(slot))
                .toArray();
        if (slot < kept.length()) {
            kept.set(slot, new Marks(change, found.length == 0 ? NONE : found));
        }
        return found;
    }

    int[] pinned(int rule) {
        return pinned[rule];
    }

    /** Which of the rules apply to a request. */
    boolean[] applied(Optional<UserId> user, Optional<ItemId> contextItem) {
        boolean[] applied = new boolean[rules.size()];
        for (int rule = 0; rule < applied.length; rule++) {
            When when = rules.get(rule).when();
            applied[rule] = !when.isConditional() || (when.isAbout(user) && isInContext(rule, when, contextItem));
        }
        return applied;
    }

    private boolean isInContext(int rule, When when, Optional<ItemId> contextItem) {
        return when.contextItem().isEmpty()
                || contextItem
                        .map(item -> catalogue.slots().find(item))
                        .filter(slot -> slot >= 0 && contexts[rule].test(slot))
                        .isPresent();
    }
}
