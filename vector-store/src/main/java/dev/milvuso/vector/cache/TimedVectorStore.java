package dev.milvuso.vector.cache;

import dev.milvuso.vector.Hit;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** A store whose slow searches are written down. */
public final class TimedVectorStore extends ForwardingVectorStore {
    private final VectorStore store;
    private final SlowQueries slow;
    private final LongSupplier nanos;

    /** @param nanos as {@link System#nanoTime} */
    public TimedVectorStore(VectorStore store, SlowQueries slow, LongSupplier nanos) {
        super(store);
        this.store = store;
        this.slow = slow;
        this.nanos = nanos;
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        long begin = nanos.getAsLong();
        String failure = "an error";
        try {
            List<List<Hit>> found = store.searchAll(collection, request);
            failure = "";
            return found;
        } catch (RuntimeException e) {
            failure = e.getClass().getSimpleName();
            throw e;
        } finally {
            slow.took(collection, request, Duration.ofNanos(nanos.getAsLong() - begin), failure);
        }
    }

    @Override
    public VectorStore database(String database) {
        return new TimedVectorStore(store.database(database), slow, nanos);
    }
}
