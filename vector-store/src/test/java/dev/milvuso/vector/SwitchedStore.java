package dev.milvuso.vector;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The embedded store in memory, and a switch that takes it away: for tests of other modules. */
public final class SwitchedStore implements VectorStore {
    private final VectorStore store = EmbeddedVectorStore.inMemory();
    private volatile boolean away;
    private volatile @Nullable CountDownLatch hanging;

    /** From now on calls fail. */
    public void goAway() {
        away = true;
    }

    /** From now on calls wait. */
    public void hang() {
        hanging = new CountDownLatch(1);
    }

    public void comeBack() {
        away = false;
        CountDownLatch waiting = hanging;
        hanging = null;
        if (waiting != null) {
            waiting.countDown();
        }
    }

    private VectorStore reached() {
        CountDownLatch waiting = hanging;
        try {
            if (waiting != null) {
                waiting.await();
            }
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
    public void create(CollectionSchema schema) {
        reached().create(schema);
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        return reached().describe(collection);
    }

    @Override
    public void drop(String collection) {
        reached().drop(collection);
    }

    @Override
    public void upsert(String collection, List<Entity> entities) {
        reached().upsert(collection, entities);
    }

    @Override
    public List<Entity> get(String collection, Collection<String> ids) {
        return reached().get(collection, ids);
    }

    @Override
    public void delete(String collection, Collection<String> ids) {
        reached().delete(collection, ids);
    }

    @Override
    public List<Hit> search(String collection, SearchRequest request) {
        return reached().search(collection, request);
    }

    @Override
    public long count(String collection) {
        return reached().count(collection);
    }

    @Override
    public Health health() {
        return away || hanging != null ? new Health.Down("it is switched off") : store.health();
    }

    @Override
    public void close() {
        store.close();
    }
}
