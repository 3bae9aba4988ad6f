package dev.milvuso.trainer.online;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.Config;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.learned.LearnedCollections;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings moved rows to the vector store, on a thread of its own, so that a slow or dead store holds nothing up. A row
 * that moves again before it was brought replaces itself, so that what waits is never more than the table.
 */
final class StoreSync implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreSync.class);
    private static final int BATCH = 1000;

    private final VectorStore store;
    private final Config config;
    private final BooleanSupplier mayWrite;
    private final Map<String, Embedding> waiting = new LinkedHashMap<>();

    /** Rows that are gone; none of them is in {@code waiting}. */
    private final Map<String, Removal> leaving = new LinkedHashMap<>();

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "trainer-store");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Health health = new Health.Up();
    private final Set<String> created = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ModelVersion bringing;

    /** @param mayWrite asked before every batch: an older trainer would undo what a newer one brings */
    StoreSync(Config config, VectorStore store, BooleanSupplier mayWrite) {
        this.config = config;
        this.mayWrite = mayWrite;
        this.store = store;
    }

    void start() {
        long interval = config.online().storeInterval().toMillis();
        var unused = executor.scheduleWithFixedDelay(this::bring, 0, interval, TimeUnit.MILLISECONDS);
    }

    void put(Embedding embedding) {
        synchronized (waiting) {
            leaving.remove(embedding.key());
            waiting.put(embedding.key(), embedding);
        }
    }

    void remove(Removal removal) {
        synchronized (waiting) {
            waiting.remove(removal.key());
            leaving.put(removal.key(), removal);
        }
    }

    Health health() {
        return health;
    }

    private void bring() {
        if (!mayWrite.getAsBoolean()) {
            return;
        }
        try {
            delete();
            List<Embedding> batch = take();
            while (!batch.isEmpty() && mayWrite.getAsBoolean()) {
                upsert(batch);
                batch = take();
            }
            putBack(batch);
            health = new Health.Up();
        } catch (Unavailable e) {
            if (health instanceof Health.Up) {
                LOG.warn("the vector store does not take vectors, they wait: {}", e.getMessage());
            }
            health = new Health.Degraded("the vector store does not take vectors: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the vector store refused vectors", e);
            health = new Health.Degraded("the vector store refused vectors: " + e.getMessage());
        }
    }

    /** Before what waits is written: a row that is there anew is in {@code waiting} alone. */
    private void delete() {
        List<Removal> batch = takeLeaving();
        while (!batch.isEmpty()) {
            try {
                delete(batch);
            } catch (RuntimeException e) {
                synchronized (waiting) {
                    batch.stream()
                            .filter(removal -> !waiting.containsKey(removal.key()))
                            .forEach(removal -> leaving.putIfAbsent(removal.key(), removal));
                }
                throw e;
            }
            batch = takeLeaving();
        }
    }

    private void delete(List<Removal> batch) {
        Map<String, List<String>> ids = new HashMap<>();
        for (Removal removal : batch) {
            String collection = collection(removal.version(), removal.kind());
            ids.computeIfAbsent(collection, unused -> new ArrayList<>()).add(removal.id());
            create(removal.version());
        }
        ids.forEach(store::delete);
    }

    private List<Removal> takeLeaving() {
        synchronized (waiting) {
            List<Removal> batch = leaving.values().stream().limit(BATCH).toList();
            batch.forEach(removal -> leaving.remove(removal.key()));
            return batch;
        }
    }

    private void create(ModelVersion version) {
        for (Kind kind : Kind.values()) {
            String collection = collection(version, kind);
            if (created.contains(collection)) {
                continue;
            }
            store.create(LearnedCollections.schema(config, collection));
            created.add(collection);
        }
    }

    private String collection(ModelVersion version, Kind kind) {
        return version.collection(config.milvus().collectionName(), kind);
    }

    /** Whether nothing of the version waits. */
    boolean isDrained(ModelVersion version) {
        synchronized (waiting) {
            return !version.equals(bringing)
                    && leaving.values().stream()
                            .noneMatch(removal -> removal.version().equals(version))
                    && waiting.values().stream()
                            .noneMatch(embedding -> embedding.version().equals(version));
        }
    }

    /** Drops the collections of a version that nobody serves any more, if they are its own. */
    void forget(ModelVersion version) {
        for (Kind kind : Kind.values()) {
            if (version.value().startsWith(ModelVersion.BATCH)) {
                created.remove(collection(version, kind));
                store.drop(collection(version, kind));
            }
        }
    }

    /** Of one version. */
    private List<Embedding> take() {
        synchronized (waiting) {
            Iterator<Embedding> all = waiting.values().iterator();
            bringing = all.hasNext() ? all.next().version() : null;
            List<Embedding> batch = waiting.values().stream()
                    .filter(embedding -> embedding.version().equals(bringing))
                    .limit(BATCH)
                    .toList();
            batch.forEach(embedding -> waiting.remove(embedding.key()));
            return batch;
        }
    }

    private void upsert(List<Embedding> batch) {
        if (batch.isEmpty()) {
            return;
        }
        ModelVersion version = batch.get(0).version();
        try {
            create(version);
            for (Kind kind : Kind.values()) {
                List<Entity> entities = batch.stream()
                        .filter(embedding -> embedding.kind() == kind)
                        .map(StoreSync::entity)
                        .toList();
                if (!entities.isEmpty()) {
                    store.upsert(collection(version, kind), entities);
                }
            }
        } catch (RuntimeException e) {
            putBack(batch);
            throw e;
        }
    }

    private void putBack(List<Embedding> batch) {
        synchronized (waiting) {
            bringing = null;
            batch.stream()
                    .filter(embedding -> !leaving.containsKey(embedding.key()))
                    .forEach(embedding -> waiting.putIfAbsent(embedding.key(), embedding));
        }
    }

    private static Entity entity(Embedding embedding) {
        return new Entity(
                embedding.id(),
                embedding.vector(),
                Map.of(
                        LearnedCollections.VERSION,
                        embedding.version().value(),
                        LearnedCollections.EPOCH,
                        embedding.epoch(),
                        LearnedCollections.STEP,
                        embedding.step()));
    }

    /** Brings what waits once more, if the store takes it. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
        bring();
    }
}
