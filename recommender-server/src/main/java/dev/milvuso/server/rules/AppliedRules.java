package dev.milvuso.server.rules;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The rules that apply to one request. */
final class AppliedRules {
    private final RuleTable table;
    private final boolean[] applied;

    AppliedRules(RuleTable table, boolean[] applied) {
        this.table = table;
        this.applied = applied;
    }

    /** The first of the rules that an item falls under and whose effect is of a kind; -1 if there is none. */
    int find(int slot, Class<? extends Then> kind) {
        for (int rule : table.marks(slot)) {
            if (applied[rule] && kind.isInstance(table.rule(rule).then())) {
                return rule;
            }
        }
        return -1;
    }

    boolean isBlocked(int slot) {
        return find(slot, Then.Block.class) >= 0;
    }

    boolean isBuried(int slot) {
        return find(slot, Then.Bury.class) >= 0;
    }

    /** By what a score of 0 or more is to be multiplied. */
    double factor(int slot) {
        double factor = 1;
        for (int rule : table.marks(slot)) {
            if (applied[rule] && table.rule(rule).then() instanceof Then.Boost boost) {
                factor *= boost.factor();
            }
        }
        return factor;
    }

    boolean has(Class<? extends Then> kind) {
        return !all(kind::isInstance).isEmpty();
    }

    /** Places of the rules that apply and whose effect is such, the first of them first. */
    List<Integer> all(Predicate<Then> effect) {
        return IntStream.range(0, applied.length)
                .filter(rule -> applied[rule] && effect.test(table.rule(rule).then()))
                .boxed()
                .toList();
    }

    Rule rule(int rule) {
        return table.rule(rule);
    }

    boolean isUnder(int slot, int rule) {
        for (int each : table.marks(slot)) {
            if (each == rule) {
                return true;
            }
        }
        return false;
    }

    int[] pinned(int rule) {
        return table.pinned(rule);
    }
}
