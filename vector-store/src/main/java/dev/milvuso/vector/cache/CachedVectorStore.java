package dev.milvuso.vector.cache;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store whose searches are answered from shared results while nothing has been written. All who write must write
 * through one of these: what else is written is seen when the kept result's time is over, and rows whose own time to
 * live ends likewise. What an alias stands for is looked up at most once a second.
 */
public final class CachedVectorStore extends ForwardingVectorStore {
    private static final Logger LOG = LoggerFactory.getLogger(CachedVectorStore.class);
    private static final long NAME_MILLIS = 1000;

    private record Name(String collection, long until) {}

    private final VectorStore store;
    private final SharedResults results;
    private final Function<String, SharedResults> others;
    private final InstantSource clock;
    private final Map<String, Name> names = new ConcurrentHashMap<>();

    /**
     * @param results of this store's collections and no others
     * @param others those of another database, by its name
     */
    public CachedVectorStore(
            VectorStore store, SharedResults results, Function<String, SharedResults> others, InstantSource clock) {
        super(store);
        this.store = store;
        this.results = results;
        this.others = others;
        this.clock = clock;
    }

    /** The collection's own name: what is written under it must not be found under its alias. */
    private String real(String collection) {
        Name known = names.get(collection);
        if (known == null || known.until() <= clock.millis()) {
            String name = store.describe(collection).map(CollectionSchema::name).orElse(collection);
            known = new Name(name, clock.millis() + NAME_MILLIS);
            names.put(collection, known);
        }
        return known.collection();
    }

    @Override
    public List<List<Hit>> searchAll(String collection, SearchRequest request) {
        String real = real(collection);
        Optional<SharedResults.State> state = results.state(real);
        if (state.isEmpty()) {
            return store.searchAll(collection, request);
        }
        String digest = NormalRequest.digest(request);
        Optional<List<List<Hit>>> kept = results.find(state.get(), digest).flatMap(CachedVectorStore::decoded);
        if (kept.isPresent()) {
            return kept.get();
        }
        List<List<Hit>> found = store.searchAll(collection, request);
        results.keep(state.get(), digest, HitsCodec.write(found));
        return found;
    }

    @Override
    public boolean isCached(String collection, SearchRequest request) {
        return results.state(real(collection))
                .flatMap(state -> results.find(state, NormalRequest.digest(request)))
                .isPresent();
    }

    /** Pages are not kept: they are large, and hardly asked for twice. */
    @Override
    public Iterator<List<Hit>> iterateSearch(String collection, SearchRequest request, int page) {
        return store.iterateSearch(collection, request, page);
    }

    private static Optional<List<List<Hit>>> decoded(byte[] bytes) {
        try {
            return Optional.of(HitsCodec.read(bytes));
        } catch (IOException e) {
            LOG.debug("a key of ours holds something else", e);
            return Optional.empty();
        }
    }

    /** Written also when it failed: some of it may have been done. */
    private <T> T writing(String collection, Supplier<T> write) {
        String real = real(collection);
        try {
            return write.get();
        } finally {
            results.written(real);
            if (!real.equals(collection)) {
                results.written(collection);
            }
        }
    }

    private void changing(String collection, Runnable change) {
        writing(collection, () -> {
            change.run();
            return collection;
        });
    }

    /** What names mean may be otherwise afterwards. */
    private void renaming(List<String> changed, Runnable change) {
        try {
            changed.forEach(this::real);
            change.run();
        } finally {
            changed.forEach(name -> results.written(real(name)));
            names.clear();
            changed.forEach(results::written);
        }
    }

    @Override
    public void create(CollectionSchema schema) {
        renaming(List.of(schema.name()), () -> store.create(schema));
    }

    @Override
    public void rename(String collection, String name) {
        renaming(List.of(collection, name), () -> store.rename(collection, name));
    }

    @Override
    public void drop(String collection) {
        renaming(List.of(collection), () -> store.drop(collection));
    }

    /** Partitions that were released may be found again. */
    @Override
    public void load(String collection) {
        changing(collection, () -> store.load(collection));
    }

    @Override
    public void release(String collection) {
        changing(collection, () -> store.release(collection));
    }

    @Override
    public Indexes indexes(String collection) {
        return new WatchedIndexes(store.indexes(collection), change -> changing(collection, change));
    }

    @Override
    public void createAlias(String alias, String collection) {
        renaming(List.of(alias), () -> store.createAlias(alias, collection));
    }

    @Override
    public void alterAlias(String alias, String collection) {
        renaming(List.of(alias), () -> store.alterAlias(alias, collection));
    }

    @Override
    public void dropAlias(String alias) {
        renaming(List.of(alias), () -> store.dropAlias(alias));
    }

    @Override
    public void truncate(String collection) {
        changing(collection, () -> store.truncate(collection));
    }

    @Override
    public void createPartition(String collection, String partition) {
        changing(collection, () -> store.createPartition(collection, partition));
    }

    @Override
    public void dropPartition(String collection, String partition) {
        changing(collection, () -> store.dropPartition(collection, partition));
    }

    @Override
    public void loadPartition(String collection, String partition) {
        changing(collection, () -> store.loadPartition(collection, partition));
    }

    @Override
    public void releasePartition(String collection, String partition) {
        changing(collection, () -> store.releasePartition(collection, partition));
    }

    @Override
    public List<Id> insert(String collection, Optional<String> partition, List<Entity> entities) {
        return writing(collection, () -> store.insert(collection, partition, entities));
    }

    @Override
    public void upsert(String collection, Optional<String> partition, List<Entity> entities) {
        changing(collection, () -> store.upsert(collection, partition, entities));
    }

    @Override
    public void deleteKeys(String collection, Collection<Id> keys) {
        changing(collection, () -> store.deleteKeys(collection, keys));
    }

    @Override
    public void deleteWhere(String collection, Filter filter) {
        changing(collection, () -> store.deleteWhere(collection, filter));
    }

    @Override
    public VectorStore database(String database) {
        return new CachedVectorStore(store.database(database), others.apply(database), others, clock);
    }
}
