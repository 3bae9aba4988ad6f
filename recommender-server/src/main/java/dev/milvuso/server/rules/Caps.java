package dev.milvuso.server.rules;

import dev.milvuso.server.catalogue.ItemTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the items of one list against the caps that apply to it. For one thread. */
final class Caps {
    private final AppliedRules applied;
    private final List<Integer> caps;
    private final ItemTable items;
    private final Map<Long, Integer> taken = new HashMap<>();

    Caps(AppliedRules applied, ItemTable items) {
        this.applied = applied;
        this.caps = applied.all(Then.Cap.class::isInstance);
        this.items = items;
    }

    boolean isEmpty() {
        return caps.isEmpty();
    }

    /** Whether one more such item may be in the list. */
    boolean allow(int slot) {
        for (int rule : caps) {
            Then.Cap cap = (Then.Cap) applied.rule(rule).then();
            if (applied.isUnder(slot, rule) && taken.getOrDefault(key(rule, cap, slot), 0) >= cap.most()) {
                return false;
            }
        }
        return true;
    }

    /** The item is in the list. */
    void take(int slot) {
        for (int rule : caps) {
            if (applied.isUnder(slot, rule)) {
                taken.merge(key(rule, (Then.Cap) applied.rule(rule).then(), slot), 1, Integer::sum);
            }
        }
    }

    private long key(int rule, Then.Cap cap, int slot) {
        // Items without a category are one, of code -1.
        int category = cap.perCategory() ? items.category(slot) : 0;
        return (long) rule << 32 | (category & 0xFFFFFFFFL);
    }
}
