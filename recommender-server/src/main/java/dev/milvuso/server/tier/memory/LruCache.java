package dev.milvuso.server.tier.memory;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives up what was not used for longest, in some parts each by itself so that threads seldom wait for each other. */
final class LruCache<K, V> implements BoundedCache<K, V> {
    private static final int PARTS = 16;

    /** Fewer than that many to a part, and chance would fill one long before the others. */
    private static final int LEAST = 64;

    private final Weigher<K, V> weigher;
    private final List<Part> parts;

    private final class Part {
        private final long most;
        private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
        private long weight;

        Part(long most) {
            this.most = most;
        }

        synchronized @Nullable V get(K key) {
            return entries.get(key);
        }

        /**
         * @param next given what is there; null takes the entry out
         * @return what is there afterwards
         */
        synchronized @Nullable V change(K key, Function<@Nullable V, @Nullable V> next) {
            V before = entries.get(key);
            V after = next.apply(before);
            if (after == before) {
                return after;
            }
            weight -= before == null ? 0 : weigher.weigh(key, before);
            if (after == null) {
                entries.remove(key);
            } else {
                entries.put(key, after);
                weight += weigher.weigh(key, after);
                shrink();
            }
            return after;
        }

        private void shrink() {
            Iterator<Map.Entry<K, V>> oldest = entries.entrySet().iterator();
            while (weight > most && oldest.hasNext()) {
                Map.Entry<K, V> entry = oldest.next();
                weight -= weigher.weigh(entry.getKey(), entry.getValue());
                oldest.remove();
            }
        }

        synchronized int size() {
            return entries.size();
        }
    }

    LruCache(long most, Weigher<K, V> weigher) {
        this.weigher = weigher;
        int count = (int) Math.max(1, Math.min(PARTS, most / LEAST));
        this.parts = Stream.generate(() -> new Part(most / count)).limit(count).toList();
    }

    private Part part(K key) {
        int hash = key.hashCode() * 0x9e3779b9;
        return parts.get((hash >>> 16) % parts.size());
    }

    @Override
    public @Nullable V get(K key) {
        return part(key).get(key);
    }

    @Override
    public V computeIfAbsent(K key, Function<K, V> make) {
        V there = part(key).change(key, before -> before == null ? make.apply(key) : before);
        if (there == null) {
            throw new IllegalArgumentException("nothing was made for " + key);
        }
        return there;
    }

    @Override
    public void put(K key, V value) {
        part(key).change(key, before -> value);
    }

    @Override
    public void computeIfPresent(K key, BiFunction<K, V, @Nullable V> change) {
        part(key).change(key, before -> before == null ? null : change.apply(key, before));
    }

    @Override
    public void merge(K key, V value, BiFunction<V, V, V> merged) {
        part(key).change(key, before -> before == null ? value : merged.apply(before, value));
    }

    @Override
    public long size() {
        return parts.stream().mapToLong(Part::size).sum();
    }
}
