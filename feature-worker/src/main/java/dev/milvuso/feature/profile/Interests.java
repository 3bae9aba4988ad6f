package dev.milvuso.feature.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * How much a user is for (above 0) or against (below 0) categories and tags: sums that decay exponentially, all as of
 * one time. Keys are {@code c:<category>} and {@code t:<tag>}. Not safe for use by several threads.
 */
public final class Interests {
    private final Map<String, Double> values = new HashMap<>();
    private long at;

    public Interests() {}

    /** @param at the time in milliseconds since 1970 as of which the values hold */
    public Interests(Map<String, Double> values, long at) {
        this.values.putAll(values);
        this.at = at;
    }

    /**
     * Adds what was said at {@code time}, decayed where it lies before what is known; drops the weakest over the bound.
     */
    public void add(Iterable<String> keys, double amount, long time, HalfLife halfLife, int most) {
        if (time > at) {
            double left = halfLife.left(at, time);
            values.replaceAll((key, value) -> value * left);
            at = time;
        }
        double counted = amount * halfLife.left(time, at);
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
        return value == null ? 0 : value * halfLife.left(at, time);
    }

    public long at() {
        return at;
    }

    /** As of {@link #at}. */
    public Map<String, Double> values() {
        return Map.copyOf(values);
    }
}
