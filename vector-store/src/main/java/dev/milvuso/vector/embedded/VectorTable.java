package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.EntityCheck;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.SearchRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntPredicate;

/**
 * The rows of one collection: vectors side by side in one slab, fields in columns. A deleted row's place is taken by
 * the last one, so that a scan meets no holes. Any number of searches run at once; a write waits for them.
 */
final class VectorTable {
    private static final int FIRST_CAPACITY = 64;

    private final CollectionSchema schema;
    private final EntityCheck check;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final Object[][] columns;
    private float[] slab;
    private float[] norms;

    VectorTable(CollectionSchema schema) {
        this.schema = schema;
        this.check = new EntityCheck(schema);
        this.slab = new float[FIRST_CAPACITY * schema.dimension()];
        this.norms = new float[FIRST_CAPACITY];
        this.columns = new Object[schema.fields().size()][FIRST_CAPACITY];
    }

    CollectionSchema schema() {
        return schema;
    }

    EntityCheck check() {
        return check;
    }

    /** @param entities checked */
    void upsert(List<Entity> entities) {
        lock.writeLock().lock();
        try {
            entities.forEach(this::put);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void put(Entity entity) {
        Integer known = slots.get(entity.id());
        int slot = known == null ? ids.size() : known;
        if (known == null) {
            grow(slot);
            slots.put(entity.id(), slot);
            ids.add(entity.id());
        }
        System.arraycopy(entity.vector(), 0, slab, slot * schema.dimension(), schema.dimension());
        norms[slot] = (float) Math.sqrt(Kernels.dot(entity.vector(), slab, slot * schema.dimension()));
        for (int i = 0; i < columns.length; i++) {
            columns[i][slot] = entity.fields().get(schema.fields().get(i).name());
        }
    }

    private void grow(int slot) {
        if (slot < norms.length) {
            return;
        }
        int capacity = Math.multiplyExact(norms.length, 3) / 2;
        slab = Arrays.copyOf(slab, Math.multiplyExact(capacity, schema.dimension()));
        norms = Arrays.copyOf(norms, capacity);
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Arrays.copyOf(columns[i], capacity);
        }
    }

    void delete(Collection<String> deleted) {
        lock.writeLock().lock();
        try {
            for (String id : deleted) {
                Integer slot = slots.remove(id);
                if (slot != null) {
                    fill(slot);
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Moves the last row to the slot that has become free. */
    private void fill(int slot) {
        int last = ids.size() - 1;
        String moved = ids.remove(last);
        if (slot < last) {
            ids.set(slot, moved);
            slots.put(moved, slot);
            int dimension = schema.dimension();
            System.arraycopy(slab, last * dimension, slab, slot * dimension, dimension);
            norms[slot] = norms[last];
        }
        for (Object[] column : columns) {
            column[slot] = column[last];
        }
    }

    List<Entity> get(Collection<String> wanted) {
        lock.readLock().lock();
        try {
            return wanted.stream()
                    .distinct()
                    .map(slots::get)
                    .filter(slot -> slot != null)
                    .map(this::entity)
                    .toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Every row, as of one moment. */
    List<Entity> all() {
        return get(List.copyOf(ids()));
    }

    private List<String> ids() {
        lock.readLock().lock();
        try {
            return List.copyOf(ids);
        } finally {
            lock.readLock().unlock();
        }
    }

    private Entity entity(int slot) {
        int offset = slot * schema.dimension();
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < columns.length; i++) {
            fields.put(schema.fields().get(i).name(), columns[i][slot]);
        }
        return new Entity(ids.get(slot), Arrays.copyOfRange(slab, offset, offset + schema.dimension()), fields);
    }

    int count() {
        lock.readLock().lock();
        try {
            return ids.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** @param request checked */
    List<Hit> search(SearchRequest request) {
        lock.readLock().lock();
        try {
            BitSet excluded = new BitSet();
            for (String id : request.exclude()) {
                Integer slot = slots.get(id);
                if (slot != null) {
                    excluded.set(slot);
                }
            }
            IntPredicate allowed = request.filter()
                    .map(filter -> FilterPredicate.of(filter, this::value))
                    .orElse(slot -> true);
            return scan(request.query(), Math.min(request.k(), ids.size()), excluded, allowed);
        } finally {
            lock.readLock().unlock();
        }
    }

    private List<Hit> scan(float[] query, int k, BitSet excluded, IntPredicate allowed) {
        if (k == 0) {
            return List.of();
        }
        Scorer scorer = scorer(query);
        TopSlots top = new TopSlots(k, ids);
        for (int slot = 0; slot < ids.size(); slot++) {
            if (!excluded.get(slot) && allowed.test(slot)) {
                top.offer(slot, scorer.score(slot));
            }
        }
        List<Hit> hits = new ArrayList<>(k);
        for (int slot : top.drain()) {
            hits.add(new Hit(ids.get(slot), scorer.shown(scorer.score(slot))));
        }
        return hits;
    }

    /** Larger is better inside; what is shown is what the metric says. */
    private interface Scorer {
        float score(int slot);

        default float shown(float score) {
            return score;
        }
    }

    private Scorer scorer(float[] query) {
        int dimension = schema.dimension();
        return switch (schema.metric()) {
            case INNER_PRODUCT -> slot -> Kernels.dot(query, slab, slot * dimension);
            case COSINE -> {
                float norm = (float) Math.sqrt(Kernels.dot(query, query, 0));
                yield slot -> {
                    float product = norm * norms[slot];
                    return product == 0 ? 0 : Kernels.dot(query, slab, slot * dimension) / product;
                };
            }
            case EUCLIDEAN ->
                new Scorer() {
                    @Override
                    public float score(int slot) {
                        return -Kernels.squaredDistance(query, slab, slot * dimension);
                    }

                    @Override
                    public float shown(float score) {
                        return score == 0 ? 0 : -score;
                    }
                };
        };
    }

    private Object value(String field, int slot) {
        if (field.equals(CollectionSchema.ID)) {
            return ids.get(slot);
        }
        List<Field> fields = schema.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(field)) {
                return columns[i][slot];
            }
        }
        throw new IllegalArgumentException("collection " + schema.name() + " has no field " + field);
    }
}
