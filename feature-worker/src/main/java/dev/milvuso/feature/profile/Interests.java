package dev.milvuso.feature.profile;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * How much a user is for (above 0) or against (below 0) categories and tags: sums that decay exponentially. Keys are
 * {@code c:<category>} and {@code t:<tag>}. Not safe for use by several threads.
 *
 * <p>The sums are kept as of {@code base}, which moves seldom: what comes later is added as so much more, instead of
 * decaying everything else each time.
 */
public final class Interests {
    /** Half-lives between base and now: 2³⁰ leaves a sum most of the range and all of the precision of a double. */
    private static final int FURTHEST = 30;

    /** No sum of weights comes near it. */
    private static final double MOST = 1e30;

    private final Map<String, Double> values = new HashMap<>();
    private long base;
    private long at;

    public Interests() {}

    /**
     * @param values those that can be no sums, such as infinite ones, are left out: nothing else would ever be stronger
     * @param at the time in milliseconds since 1970 as of which the values hold
     */
    public Interests(Map<String, Double> values, long at) {
        values.forEach((key, value) -> {
            if (Math.abs(value) < MOST) {
                this.values.put(key, value);
            }
        });
        this.base = at;
        this.at = at;
    }

    /**
     * Adds what was said at {@code time}, decayed where it lies before what is known; drops the weakest over the bound.
     */
    public void add(Iterable<String> keys, double amount, long time, HalfLife halfLife, int most) {
        at = Math.max(at, time);
        if (at - base > FURTHEST * halfLife.millis()) {
            double left = halfLife.left(base, at);
            values.replaceAll((key, value) -> value * left);
            base = at;
        }
        double counted = amount * halfLife.left(time, base) / halfLife.left(base, time);
        keys.forEach(key -> values.merge(key, counted, Double::sum));
        while (values.size() > most) {
            values.entrySet().stream()
                    .min(Comparator.comparingDouble((Map.Entry<String, Double> e) -> Math.abs(e.getValue()))
                            .thenComparing(Map.Entry::getKey))
                    .ifPresent(weakest -> values.remove(weakest.getKey()));
        }
    }

    /** As of {@code time}, or of the newest addition if that is later; 0 if nothing is known. */
    public double get(String key, long time, HalfLife halfLife) {
        Double value = values.get(key);
        return value == null ? 0 : value * halfLife.left(base, Math.max(at, time));
    }

    public long at() {
        return at;
    }

    /** All of them; times {@link #left} they are as of {@link #at}. */
    Iterable<Map.Entry<String, Double>> sums() {
        return Collections.unmodifiableMap(values).entrySet();
    }

    /** What is left of a sum at {@link #at}. */
    double left(HalfLife halfLife) {
        return halfLife.left(base, at);
    }
}
