package dev.milvuso.server.tier.memory;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map of bounded weight that gives up entries when it is full. Safe for use by many threads. */
public interface BoundedCache<K, V> {
    /** Which entries stay. */
    enum Policy {
        /** Those used most, as far as it remembers (Einziger, Friedman and Manes, "TinyLFU", 2017). */
        TINYLFU,
        /** Those used last. */
        LRU
    }

    /** Weighs an entry when it is put. */
    interface Weigher<K, V> {
        int weigh(K key, V value);
    }

    /** @param most sum of the weights; may be exceeded for a moment */
    static <K, V> BoundedCache<K, V> of(Policy policy, long most, Weigher<K, V> weigher) {
        return policy == Policy.LRU ? new LruCache<>(most, weigher) : new TinyLfuCache<>(most, weigher);
    }

    /** @param most entries */
    static <K, V> BoundedCache<K, V> of(Policy policy, long most) {
        return of(policy, most, (key, value) -> 1);
    }

    @Nullable V get(K key);

    /** @return what is there, which is made if nothing is */
    V computeIfAbsent(K key, Function<K, V> make);

    void put(K key, V value);

    /**
     * Changes what is there, if anything.
     *
     * @param change null takes it out
     */
    void computeIfPresent(K key, BiFunction<K, V, @Nullable V> change);

    /** Puts the value, or what comes of the one that is there and this one. */
    void merge(K key, V value, BiFunction<V, V, V> merged);

    /** How many entries there are, roughly. */
    long size();
}
