package dev.milvuso.server.rules;

import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Choice;
import dev.milvuso.server.recommend.Visit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a list to the caps and puts pinned items at their places, around another choice.
 *
 * @param inner chooses among what the caps leave
 * @param pins the place of {@link Pins} among the pipeline's sources
 */
public record RuledChoice(Rules rules, Choice inner, int pins) implements Choice {
    /** While there are rules: what is boosted or comes after what is capped may lie further down. */
    private static final int MORE = 100;

    @Override
    public int pool(int count) {
        return inner.pool(count) + (rules.isEmpty() ? 0 : MORE);
    }

    @Override
    public void choose(Visit visit, Candidates candidates) {
        if (rules.isEmpty()) {
            inner.choose(visit, candidates);
            return;
        }
        AppliedRules applied = applied(visit);
        Caps caps = new Caps(applied, visit.items());
        if (!caps.isEmpty()) {
            lead(visit, candidates, applied);
            keep(caps, candidates);
            visit.fits().also(slot -> isAllowed(applied, visit, candidates, slot));
        }
        inner.choose(visit, candidates);
    }

    /** Brings what is to be pinned to the front, where caps leave it room. */
    private void lead(Visit visit, Candidates candidates, AppliedRules applied) {
        List<Integer> pinning = new ArrayList<>(applied.all(Then.Pin.class::isInstance));
        Collections.reverse(pinning);
        for (int rule : pinning) {
            int row = row(candidates, applied, rule);
            if (row < 0) {
                row = added(visit, candidates, applied.pinned(rule));
            }
            if (row >= 0) {
                candidates.moveUp(row, 0);
            }
        }
    }

    private AppliedRules applied(Visit visit) {
        return rules.applied(Optional.of(visit.visitor().user()), visit.query().contextItem());
    }

    private static void keep(Caps caps, Candidates candidates) {
        int kept = 0;
        for (int row = 0; row < candidates.size(); row++) {
            int slot = candidates.slot(row);
            if (caps.allow(slot)) {
                caps.take(slot);
                candidates.moveUp(row, kept++);
            }
        }
        candidates.cut(kept);
    }

    /** Of one more item, beside those that are in the list. */
    private static boolean isAllowed(AppliedRules applied, Visit visit, Candidates candidates, int slot) {
        Caps caps = new Caps(applied, visit.items());
        for (int row = 0; row < candidates.size(); row++) {
            caps.take(candidates.slot(row));
        }
        return caps.allow(slot);
    }

    @Override
    public void finish(Visit visit, Candidates candidates) {
        inner.finish(visit, candidates);
        if (rules.isEmpty()) {
            return;
        }
        AppliedRules applied = applied(visit);
        Set<Integer> taken = new HashSet<>();
        for (int rule : applied.all(Then.Pin.class::isInstance)) {
            int place = ((Then.Pin) applied.rule(rule).then()).position() - 1;
            while (taken.contains(place)) {
                place++;
            }
            if (place < visit.query().count() && pin(visit, candidates, applied, rule, place)) {
                taken.add(place);
            }
        }
    }

    private boolean pin(Visit visit, Candidates candidates, AppliedRules applied, int rule, int place) {
        int row = row(candidates, applied, rule);
        if (row < 0) {
            row = added(visit, candidates, applied.pinned(rule));
        }
        if (row < 0) {
            return false;
        }
        candidates.probability(row, 1);
        candidates.explain(candidates.slot(row), "pin", place + 1);
        move(candidates, row, Math.min(place, candidates.size() - 1));
        candidates.cut(visit.query().count());
        return true;
    }

    /** The best of the list that the rule is about. */
    private static int row(Candidates candidates, AppliedRules applied, int rule) {
        for (int row = 0; row < candidates.size(); row++) {
            if (applied.isUnder(candidates.slot(row), rule)) {
                return row;
            }
        }
        return -1;
    }

    private int added(Visit visit, Candidates candidates, int[] slots) {
        for (int slot : slots) {
            if (visit.fits().test(slot) && candidates.add(slot, 0, pins)) {
                return candidates.size() - 1;
            }
        }
        return -1;
    }

    private static void move(Candidates candidates, int from, int to) {
        candidates.moveUp(from, to);
        for (int row = from; row < to; row++) {
            candidates.swap(row, row + 1);
        }
    }
}
