package dev.milvuso.server.tier.memory;

import dev.milvuso.action.ItemId;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.taste.ItemVectors;
import dev.milvuso.server.tier.Scored;
import dev.milvuso.vector.Metric;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The item vectors of one model version, scanned in full: exact, and quick enough for a hundred thousand items. Written
 * by one thread at a time, read by many.
 */
public final class ItemIndex implements ItemVectors {
    private static final Comparator<Scored> WORST_FIRST =
            Comparator.comparingDouble(Scored::score).thenComparing(Scored::item, Comparator.reverseOrder());

    private record Entry(ItemId item, float[] vector, float norm, long epoch, long step) {
        boolean isNewerThan(Removal removal) {
            return epoch != removal.epoch() ? epoch > removal.epoch() : step > removal.step();
        }
    }

    private final Metric metric;
    private final Map<ItemId, Integer> slots = new ConcurrentHashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private volatile @Nullable Entry[] entries = new Entry[1024];

    /** Slots that have been used. */
    private volatile int end;

    private volatile int size;

    /** @param metric by which vectors are compared, as they were trained */
    public ItemIndex(Metric metric) {
        this.metric = metric;
    }

    /** Keeps the embedding unless a newer one is there. */
    public synchronized void put(Embedding embedding) {
        ItemId item = new ItemId(embedding.id());
        Entry entry =
                new Entry(item, embedding.vector(), norm(embedding.vector()), embedding.epoch(), embedding.step());
        Integer slot = slots.get(item);
        if (slot == null) {
            append(entry);
            return;
        }
        Entry old = entries[slot];
        if (old == null || entry.epoch() > old.epoch() || (entry.epoch() == old.epoch() && entry.step() > old.step())) {
            entries[slot] = entry;
        }
    }

    private void append(Entry entry) {
        int slot = free.isEmpty() ? end : free.remove();
        if (slot == entries.length) {
            entries = Arrays.copyOf(entries, 2 * slot);
        }
        entries[slot] = entry;
        slots.put(entry.item(), slot);
        end = Math.max(end, slot + 1);
        size = slots.size();
    }

    /** Takes the item out unless a newer vector of it is there. */
    public synchronized void remove(Removal removal) {
        ItemId item = new ItemId(removal.id());
        Integer slot = slots.get(item);
        Entry there = slot == null ? null : entries[slot];
        if (slot == null || there == null || there.isNewerThan(removal)) {
            return;
        }
        entries[slot] = null;
        slots.remove(item);
        free.add(slot);
        size = slots.size();
    }

    public int size() {
        return size;
    }

    @Override
    public float @Nullable [] find(ItemId item) {
        Integer slot = slots.get(item);
        Entry entry = slot == null ? null : entries[slot];
        // The slot may have become another item's meanwhile.
        return entry == null || !entry.item().equals(item) ? null : entry.vector();
    }

    @Override
    public List<float[]> sample(int most) {
        @Nullable Entry[] all = entries;
        int count = Math.min(end, all.length);
        int stride = Math.max(1, (count + most - 1) / most);
        List<float[]> sample = new ArrayList<>();
        for (int i = 0; i < count; i += stride) {
            Entry entry = all[i];
            if (entry != null) {
                sample.add(entry.vector());
            }
        }
        return sample;
    }

    /**
     * @param query shape [dimension]
     * @param k how many at most
     * @param minCosine least cosine of query and item
     * @return best first, ties by id; those whose score is not a finite number are left out
     */
    public List<Scored> search(float[] query, int k, double minCosine, Predicate<ItemId> wanted) {
        PriorityQueue<Scored> best = new PriorityQueue<>(k + 1, WORST_FIRST);
        double queryNorm = norm(query);
        int count = end;
        @Nullable Entry[] all = entries;
        for (int i = 0; i < count; i++) {
            Entry entry = all[i];
            if (entry == null || entry.vector().length != query.length) {
                continue;
            }
            float product = dot(query, entry.vector());
            float score = score(product, queryNorm, entry.norm());
            boolean enters = best.size() < k || score >= best.element().score();
            if (enters
                    && Float.isFinite(score)
                    && (minCosine <= -1 || product >= minCosine * queryNorm * entry.norm())
                    && wanted.test(entry.item())) {
                best.add(new Scored(entry.item(), score));
                if (best.size() > k) {
                    best.remove();
                }
            }
        }
        List<Scored> found = new ArrayList<>(best);
        found.sort(WORST_FIRST.reversed());
        return found;
    }

    /** Larger is nearer. */
    private float score(float product, double queryNorm, float norm) {
        return switch (metric) {
            case INNER_PRODUCT -> product;
            case COSINE -> queryNorm * norm == 0 ? 0 : (float) (product / (queryNorm * norm));
            case MANHATTAN -> throw new IllegalArgumentException("models have no metric " + metric.label());
            case EUCLIDEAN -> (float) (2.0 * product - queryNorm * queryNorm - (double) norm * norm);
        };
    }

    private static float norm(float[] vector) {
        return (float) Math.sqrt(dot(vector, vector));
    }

    private static float dot(float[] a, float[] b) {
        // Four sums at once: they do not wait for each other.
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + s2 + s3;
    }
}
