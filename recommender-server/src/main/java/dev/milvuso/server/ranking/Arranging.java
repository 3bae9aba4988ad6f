package dev.milvuso.server.ranking;

import dev.milvuso.server.catalogue.Codes;
import dev.milvuso.server.recommend.Candidates;

/** Puts one list together. */
final class Arranging {
    private static final int NONE = -1;

    /** Later places go by what was above these: nobody sees them beside the first, and each costs a pass. */
    private static final int COMPARED = 200;

    private final Pool pool;
    private final Candidates candidates;
    private final Quotas quotas;
    private final int cap;
    private final Gain gain;
    private int[] chosen = {};
    private boolean[] held = {};
    private int size;

    /** @param cap of a category; 0: none */
    Arranging(Pool pool, Candidates candidates, Quotas quotas, int cap, Gain gain) {
        this.pool = pool;
        this.candidates = candidates;
        this.quotas = quotas;
        this.cap = cap;
        this.gain = gain;
    }

    /** Leaves so many candidates at most, in the order in which they are to be shown. */
    void arrange(int most) {
        int count = Math.min(most, pool.size());
        if (count == 0) {
            return;
        }
        boolean[] counts = new boolean[Byte.MAX_VALUE + 1];
        for (int source = 0; source < counts.length; source++) {
            counts[source] = quotas.isFree(source);
        }
        pool.scale(candidates, counts);
        gain.begin(pool, Math.min(count, COMPARED));
        int[] wanted = quotas.places(count);
        chosen = new int[count];
        hold(count);
        for (int place = 0; place < count; place++) {
            int row = held[place] ? place : best(wanted[place]);
            if (row != NONE) {
                take(row);
            }
        }
        apply();
    }

    /** Places whose item was drawn: it is no candidate for other places, and counts for the cap beforehand. */
    private void hold(int count) {
        held = new boolean[count];
        for (int row = 0; row < count; row++) {
            if (candidates.probability(row) < 1 && quotas.isFree(candidates.source(row))) {
                held[row] = true;
                pool.close(row);
            }
        }
        for (int row = 0; row < count; row++) {
            if (held[row]) {
                capIfFull(pool.category(row));
            }
        }
    }

    private void capIfFull(int category) {
        if (cap == 0 || category == Codes.NONE) {
            return;
        }
        int taken = 0;
        for (int row = 0; row < held.length; row++) {
            taken += held[row] && pool.category(row) == category ? 1 : 0;
        }
        for (int i = 0; i < size; i++) {
            taken += !isHeld(chosen[i]) && pool.category(chosen[i]) == category ? 1 : 0;
        }
        if (taken >= cap) {
            pool.closeCategory(category);
        }
    }

    private boolean isHeld(int row) {
        return row < held.length && held[row];
    }

    private void take(int row) {
        pool.close(row);
        if (size < COMPARED) {
            gain.chosen(pool, row, size);
        }
        chosen[size++] = row;
        capIfFull(pool.category(row));
    }

    /** Brings the rows into order; what stood where is told by the slots. */
    private void apply() {
        for (int place = 0; place < size; place++) {
            int slot = pool.slot(chosen[place]);
            int row = place;
            while (candidates.slot(row) != slot) {
                row++;
            }
            candidates.moveUp(row, place);
        }
        candidates.cut(size);
    }

    private int best(int source) {
        int own = source == Quotas.ANY ? NONE : best(source, false);
        int free = own == NONE ? best(Quotas.ANY, false) : own;
        return free == NONE ? best(Quotas.ANY, true) : free;
    }

    /** @param all those of sources with a quota too */
    private int best(int source, boolean all) {
        int best = NONE;
        double highest = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < pool.size(); row++) {
            if (!pool.isOpen(row)) {
                continue;
            }
            int found = candidates.source(row);
            boolean isWanted = source == Quotas.ANY ? all || quotas.isFree(found) : found == source;
            if (isWanted && (best == NONE || gain.atMost(pool, row) > highest)) {
                double value = gain.of(pool, row);
                if (best == NONE || value > highest) {
                    best = row;
                    highest = value;
                }
            }
        }
        return best;
    }
}
