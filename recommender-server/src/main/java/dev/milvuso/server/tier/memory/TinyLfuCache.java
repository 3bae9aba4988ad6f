package dev.milvuso.server.tier.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Caffeine's W-TinyLFU: a newcomer displaces only what was used less often. */
final class TinyLfuCache<K, V> implements BoundedCache<K, V> {
    private final Cache<K, V> entries;

    TinyLfuCache(long most, Weigher<K, V> weigher) {
        entries = Caffeine.newBuilder()
                .maximumWeight(most)
                .weigher(weigher::weigh)
                .build();
    }

    @Override
    public @Nullable V get(K key) {
        return entries.getIfPresent(key);
    }

    @Override
    public V computeIfAbsent(K key, Function<K, V> make) {
        return entries.get(key, make);
    }

    @Override
    public void put(K key, V value) {
        entries.put(key, value);
    }

    @Override
    public void computeIfPresent(K key, BiFunction<K, V, @Nullable V> change) {
        entries.asMap().computeIfPresent(key, change);
    }

    @Override
    public void merge(K key, V value, BiFunction<V, V, V> merged) {
        entries.asMap().merge(key, value, merged);
    }

    @Override
    public long size() {
        entries.cleanUp();
        return entries.estimatedSize();
    }
}
