package dev.milvuso.server.rules;

import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Choice;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Visit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps a list to the caps and puts pinned items at their places, around another choice.
 *
 * @param inner chooses among what the caps leave
 * @param pins the place of {@link Pins} among the pipeline's sources
 */
public record RuledChoice(Rules rules, Choice inner, int pins) implements Choice {
    /** While there are rules: what is boosted or comes after what is capped may lie further down. */
    private static final int MORE = 100;

    private record Pinned(int slot, int place) {}

    @Override
    public int pool(Query query) {
        return inner.pool(query) + (rules.isEmpty() ? 0 : MORE);
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
        List<Pinned> all = new ArrayList<>(pinned(visit, candidates, applied));
        Collections.reverse(all);
        all.forEach(each -> candidates.moveUp(row(candidates, each.slot()), 0));
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
        List<Pinned> all = pinned(visit, candidates, applied(visit));
        // First all to the end, so that none of them moves another one from its place.
        for (Pinned each : all) {
            move(candidates, row(candidates, each.slot()), candidates.size() - 1);
        }
        for (Pinned each : all) {
            int row = row(candidates, each.slot());
            candidates.moveUp(row, Math.min(each.place(), row));
        }
        candidates.cut(visit.query().count());
    }

    /** Puts what is to be pinned among the candidates; by place, of one place the first rule's. */
    private List<Pinned> pinned(Visit visit, Candidates candidates, AppliedRules applied) {
        Map<Integer, Pinned> places = new TreeMap<>();
        Set<Integer> slots = new HashSet<>();
        for (int rule : applied.all(Then.Pin.class::isInstance)) {
            int place = ((Then.Pin) applied.rule(rule).then()).position() - 1;
            while (places.containsKey(place)) {
                place++;
            }
            int row = place < visit.query().count() ? found(visit, candidates, applied, rule, slots) : -1;
            if (row >= 0) {
                candidates.probability(row, 1);
                candidates.explain(candidates.slot(row), "pin", place + 1);
                slots.add(candidates.slot(row));
                places.put(place, new Pinned(candidates.slot(row), place));
            }
        }
        return List.copyOf(places.values());
    }

    private static int row(Candidates candidates, int slot) {
        for (int row = 0; row < candidates.size(); row++) {
            if (candidates.slot(row) == slot) {
                return row;
            }
        }
        throw new IllegalStateException("slot " + slot + " is no candidate");
    }

    /** The row of the best item that the rule is about and that is not one of those; -1 if there is none. */
    private int found(Visit visit, Candidates candidates, AppliedRules applied, int rule, Set<Integer> others) {
        for (int row = 0; row < candidates.size(); row++) {
            int slot = candidates.slot(row);
            if (!others.contains(slot) && applied.isUnder(slot, rule)) {
                return row;
            }
        }
        for (int slot : applied.pinned(rule)) {
            if (visit.fits().test(slot) && candidates.add(slot, 0, pins)) {
                return candidates.size() - 1;
            }
        }
        return -1;
    }

    private static void move(Candidates candidates, int from, int to) {
        for (int row = from; row < to; row++) {
            candidates.swap(row, row + 1);
        }
    }
}
