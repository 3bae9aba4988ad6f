package dev.milvuso.vector;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The embedded store in memory, and a switch that takes it away: for tests of other modules. */
public final class SwitchedStore implements VectorStore {
    private final VectorStore store = EmbeddedVectorStore.inMemory();
    private final AtomicLong searches = new AtomicLong();
    private volatile boolean away;
    private final AtomicLong gets = new AtomicLong();
    private volatile @Nullable CountDownLatch hanging;
    private volatile long delayMillis;

    /** From now on calls fail. */
    public void goAway() {
        away = true;
    }

    /** From now on calls wait. */
    public void hang() {
        hanging = new CountDownLatch(1);
    }

    /** From now on calls take so long, and are answered. */
    public void delay(Duration delay) {
        delayMillis = delay.toMillis();
    }

    public void comeBack() {
        away = false;
        delayMillis = 0;
        CountDownLatch waiting = hanging;
        hanging = null;
        if (waiting != null) {
            waiting.countDown();
        }
    }

    /** How many times vectors have been asked for by their ids. */
    public long gets() {
        return gets.get();
    }

    /** How many there have been. */
    public long searches() {
        return searches.get();
    }

    private VectorStore reached() {
        CountDownLatch waiting = hanging;
        try {
            if (waiting != null) {
                waiting.await();
            }
            Thread.sleep(delayMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("milvus", "interrupted", e);
        }
        if (away) {
            throw new Unavailable("milvus", "the vector store is down", null);
        }
        return store;
    }

    @Override
    public Set<Feature> features() {
        return reached().features();
    }

    @Override
    public void create(CollectionSchema schema) {
        reached().create(schema);
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        return reached().describe(collection);
    }

    @Override
    public List<String> list() {
        return reached().list();
    }

    @Override
    public void rename(String collection, String name) {
        reached().rename(collection, name);
    }

    @Override
    public void drop(String collection) {
        reached().drop(collection);
    }

    @Override
    public void truncate(String collection) {
        reached().truncate(collection);
    }

    @Override
    public void load(String collection) {
        reached().load(collection);
    }

    @Override
    public void release(String collection) {
        reached().release(collection);
    }

    @Override
    public CollectionStatistics statistics(String collection) {
        return reached().statistics(collection);
    }

    @Override
    public CollectionState state(String collection) {
        return reached().state(collection);
    }

    @Override
    public Indexes indexes(String collection) {
        return reached().indexes(collection);
    }

    @Override
    public void createAlias(String alias, String collection) {
        reached().createAlias(alias, collection);
    }

    @Override
    public void alterAlias(String alias, String collection) {
        reached().alterAlias(alias, collection);
    }

    @Override
    public void dropAlias(String alias) {
        reached().dropAlias(alias);
    }

    @Override
    public List<String> aliases(String collection) {
        return reached().aliases(collection);
    }

    @Override
    public void createPartition(String collection, String partition) {
        reached().createPartition(collection, partition);
    }

    @Override
    public void dropPartition(String collection, String partition) {
        reached().dropPartition(collection, partition);
    }

    @Override
    public List<String> partitions(String collection) {
        return reached().partitions(collection);
    }

    @Override
    public void loadPartition(String collection, String partition) {
        reached().loadPartition(collection, partition);
    }

    @Override
    public void releasePartition(String collection, String partition) {
        reached().releasePartition(collection, partition);
    }

    @Override
    public List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        return reached().insert(collection, partition, entities);
    }

    @Override
    public void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        reached().upsert(collection, partition, entities);
    }

    @Override
    public List<Entity> get(String collection, Collection<Id> keys, Output output) {
        gets.incrementAndGet();
        return reached().get(collection, keys, output);
    }

    @Override
    public List<Entity> query(String collection, QueryRequest request) {
        return reached().query(collection, request);
    }

    @Override
    public Iterator<List<Entity>> iterate(String collection, QueryRequest request, int batch) {
        return reached().iterate(collection, request, batch);
    }

    @Override
    public void deleteKeys(String collection, Collection<Id> keys) {
        reached().deleteKeys(collection, keys);
    }

    @Override
    public void deleteWhere(String collection, Filter filter) {
        reached().deleteWhere(collection, filter);
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        searches.incrementAndGet();
        return reached().searchAll(collection, request);
    }

    @Override
    public long count(String collection) {
        return reached().count(collection);
    }

    @Override
    public long count(String collection, Filter filter) {
        return reached().count(collection, filter);
    }

    @Override
    public List<String> databases() {
        return reached().databases();
    }

    @Override
    public void createDatabase(String database) {
        reached().createDatabase(database);
    }

    @Override
    public void dropDatabase(String database) {
        reached().dropDatabase(database);
    }

    @Override
    public VectorStore database(String database) {
        return reached().database(database);
    }

    @Override
    public Health health() {
        return away || hanging != null
                ? new Health.Down("it is switched off")
                : reached().health();
    }

    @Override
    public void close() {
        store.close();
    }
}
