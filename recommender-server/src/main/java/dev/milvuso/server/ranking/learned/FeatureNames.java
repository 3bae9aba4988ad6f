package dev.milvuso.server.ranking.learned;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for the names of features. The first names that come have one of their own; whatever comes when those are
 * given away shares the rest by hash, so that no site can fill the memory. Safe for use by many threads.
 */
public final class FeatureNames {
    private final int own;
    private final int shared;
    private final Map<String, Integer> known = new ConcurrentHashMap<>();

    /**
     * @param own names with a number of their own
     * @param shared numbers for all others, at least 1
     */
    public FeatureNames(int own, int shared) {
        if (own < 0 || shared < 1) {
            throw new IllegalArgumentException(
                    "own is " + own + " and shared " + shared + ": must be at least 0 and at least 1");
        }
        this.own = own;
        this.shared = shared;
    }

    /** 0 to {@link #size} - 1; always the same for the same name. */
    public int of(String name) {
        Integer number = known.get(name);
        if (number == null && known.size() < own) {
            number = given(name);
        }
        return number == null ? own + Math.floorMod(spread(name.hashCode()), shared) : number;
    }

    /** One after the other, so that no number is given twice; null if all are given away. */
    private synchronized @Nullable Integer given(String name) {
        if (!known.containsKey(name) && known.size() < own) {
            known.put(name, known.size());
        }
        return known.get(name);
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9e3779b9;
        return mixed ^ mixed >>> 15;
    }

    /** All numbers are below this. */
    public int size() {
        return own + shared;
    }
}
