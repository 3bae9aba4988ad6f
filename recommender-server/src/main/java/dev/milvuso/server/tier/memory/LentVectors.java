package dev.milvuso.server.tier.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of items that an index does not hold, by slot, as they were read elsewhere: for a minute, a bounded number,
 * those that are asked for most. That an item was nowhere is known for a second. Safe for use by many threads.
 */
final class LentVectors {
    private static final float[] NOWHERE = {};
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration LOOKED_FOR = Duration.ofSeconds(1);

    private final Cache<Integer, float[]> vectors;

    /** Spares those who have lent nothing the look. */
    private volatile boolean used;

    LentVectors(int most) {
        vectors = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfter(Expiry.<Integer, float[]>writing((slot, vector) -> vector.length == 0 ? LOOKED_FOR : KEPT))
                .build();
    }

    /** Null if it is not here. */
    float @Nullable [] find(int slot) {
        float[] vector = used ? vectors.getIfPresent(slot) : null;
        return vector == null || vector.length == 0 ? null : vector;
    }

    /** Whether a vector, or that there is none, is here. */
    boolean knows(int slot) {
        return used && vectors.getIfPresent(slot) != null;
    }

    void put(int slot, float[] vector) {
        used = true;
        vectors.put(slot, vector);
    }

    void isNowhere(int slot) {
        used = true;
        vectors.asMap().putIfAbsent(slot, NOWHERE);
    }

    /** A newer one came: it takes the place of what is here. */
    void renew(int slot, float[] vector) {
        if (used) {
            vectors.asMap().replace(slot, vector);
        }
    }

    void remove(int slot) {
        if (used) {
            vectors.invalidate(slot);
        }
    }
}
