package dev.milvuso.server.coldstart;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The items of which little is known, as of a moment: slots in ascending order, and for each its vector, how it was
 * received, and when there was last news of it. Filled, and from {@link #first} on looked up; never changes then.
 */
final class ColdItems {
    private static final double PRIOR = 10;
    private static final double PROMISING = 2;

    /** For so long news counts as recent. */
    static final Duration LATELY = Duration.ofSeconds(10);

    static final ColdItems NONE = new ColdItems(0);

    final int[] slots;
    final float[][] vectors;

    /** The vectors as they were when there was last news. */
    final float[][] told;

    /** Lists that were begun before may not know the last news, those begun later do: milliseconds since 1970. */
    final long[] newsUntil;

    final int[] shown;
    final int[] chosen;

    /** As it was when there was last news. */
    final int[] toldChosen;

    /** Places plus one by slot, each at the first free one from its own on; 0 is an empty one. */
    private final int[] bySlot;

    ColdItems(int size) {
        slots = new int[size];
        vectors = new float[size][];
        told = new float[size][];
        newsUntil = new long[size];
        shown = new int[size];
        chosen = new int[size];
        toldChosen = new int[size];
        bySlot = new int[1];
    }

    private ColdItems(ColdItems of, int size) {
        slots = Arrays.copyOf(of.slots, size);
        vectors = Arrays.copyOf(of.vectors, size);
        told = Arrays.copyOf(of.told, size);
        newsUntil = Arrays.copyOf(of.newsUntil, size);
        shown = Arrays.copyOf(of.shown, size);
        chosen = Arrays.copyOf(of.chosen, size);
        toldChosen = Arrays.copyOf(of.toldChosen, size);
        bySlot = new int[Integer.highestOneBit(size + 1) * 4];
        for (int place = 0; place < size; place++) {
            bySlot[hashed(slots[place])] = place + 1;
        }
    }

    /** Where a slot stands in {@link #bySlot}, or would. */
    private int hashed(int slot) {
        int mask = bySlot.length - 1;
        int at = ((slot * 0x9e3779b9) >>> 7) & mask;
        while (bySlot[at] != 0 && slots[bySlot[at] - 1] != slot) {
            at = (at + 1) & mask;
        }
        return at;
    }

    /** The first so many. */
    ColdItems first(int size) {
        return new ColdItems(this, size);
    }

    int size() {
        return slots.length;
    }

    /** @param rate how often what is shown is chosen as a rule, which counts as much as to be shown ten times */
    double successes(int place, double rate) {
        return PRIOR * rate + chosen[place];
    }

    /** As {@link #successes}. */
    double failures(int place, double rate) {
        return PRIOR * (1 - rate) + Math.max(0, shown[place] - chosen[place]);
    }

    /** How often the item will be chosen when it is shown. */
    double expected(int place, double rate) {
        double successes = successes(place, rate);
        return successes / (successes + failures(place, rate));
    }

    /** Whether the odds that it is chosen are so much better than usual that it will be tried out wherever it suits. */
    boolean isPromising(int place, double rate) {
        return successes(place, rate) / failures(place, rate) >= PROMISING * rate / (1 - rate);
    }

    /**
     * As {@link #isPromising}, and there was news of it a moment ago.
     *
     * @param now milliseconds since 1970
     */
    boolean isRising(int place, double rate, long now) {
        return now - newsUntil[place] < LATELY.toMillis() && isPromising(place, rate);
    }

    /** Its place here, or below 0. */
    int find(int slot) {
        return bySlot[hashed(slot)] - 1;
    }

    /** Shape [embedding_dim]; null if the item is not here. */
    float @Nullable [] vector(int slot) {
        int place = find(slot);
        return place < 0 ? null : vectors[place];
    }
}
