package dev.milvuso.server.tier.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoundedCacheTest {
    @ParameterizedTest
    @EnumSource(BoundedCache.Policy.class)
    void whatIsPutIsThereUntilItIsTakenOut(BoundedCache.Policy policy) {
        BoundedCache<String, Integer> cache = BoundedCache.of(policy, 1000);
        assertThat(cache.get("a")).isNull();
        cache.put("a", 1);
        cache.merge("a", 5, Integer::sum);
        assertThat(cache.get("a")).isEqualTo(6);
        cache.merge("b", 5, Integer::sum);
        assertThat(cache.computeIfAbsent("b", key -> 9)).isEqualTo(5);
        assertThat(cache.computeIfAbsent("c", key -> 9)).isEqualTo(9);
        cache.computeIfPresent("a", (key, value) -> null);
        cache.computeIfPresent("d", (key, value) -> 1);
        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("d")).isNull();
        assertThat(cache.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(BoundedCache.Policy.class)
    void tenTimesAsMuchAsFitsLeavesNoMoreThanFits(BoundedCache.Policy policy) {
        BoundedCache<Integer, Integer> cache = BoundedCache.of(policy, 10_000, (key, value) -> value);
        for (int i = 0; i < 10_000; i++) {
            cache.put(i, 10);
        }
        assertThat(cache.size()).isLessThanOrEqualTo(1000);
        long weight = IntStream.range(0, 10_000)
                .mapToObj(cache::get)
                .mapToLong(value -> value == null ? 0 : value)
                .sum();
        assertThat(weight).isBetween(5000L, 10_000L);
    }

    @Test
    void theOneUsedLastStaysAndTheOneUsedLongestAgoGoes() {
        BoundedCache<Integer, Integer> cache = BoundedCache.of(BoundedCache.Policy.LRU, 3);
        cache.put(1, 1);
        cache.put(2, 2);
        cache.put(3, 3);
        assertThat(cache.get(1)).isEqualTo(1);
        cache.put(4, 4);
        assertThat(cache.get(2)).isNull();
        assertThat(cache.get(1)).isEqualTo(1);
    }

    /** A few are asked for all the time, and a crowd passes by once, as with visitors of a site. */
    @Test
    void thoseUsedOftenSurviveACrowdThatPassesByAsTheyDoNotByLastUse() {
        assertThat(hits(BoundedCache.Policy.TINYLFU)).isGreaterThan(1.2 * hits(BoundedCache.Policy.LRU));
    }

    private static double hits(BoundedCache.Policy policy) {
        BoundedCache<Integer, Integer> cache = BoundedCache.of(policy, 1000);
        Random random = new Random(1);
        int hits = 0;
        for (int i = 0; i < 200_000; i++) {
            int key = random.nextInt(10) < 3 ? random.nextInt(900) : 1000 + i;
            if (cache.get(key) != null) {
                hits++;
            } else {
                cache.put(key, key);
            }
        }
        return hits;
    }
}
