package dev.milvuso.server.tier.vector;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.Scored;
import dev.milvuso.server.tier.StoredItems;
import dev.milvuso.server.tier.UserVector;
import dev.milvuso.server.tier.UserVectors;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.learned.LearnedCollections;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the trainer wrote into the vector store: the users' vectors, and the items' to be searched. Only read here. */
public final class StoredVectors implements UserVectors, StoredItems {
    /** The field that says of which model a vector is. */
    public static final String VERSION = LearnedCollections.VERSION;

    private static final Logger LOG = LoggerFactory.getLogger(StoredVectors.class);
    private static final Output LOCATED = Output.of(CollectionSchema.VECTOR);

    private final VectorStore store;
    private final String prefix;
    private final Metric metric;
    private final Breaker breaker;

    /**
     * @param prefix {@code milvus.collection_name}
     * @param metric of the collections, {@code training.metric}
     */
    public StoredVectors(VectorStore store, String prefix, Metric metric, Breaker breaker) {
        this.store = store;
        this.prefix = prefix;
        this.metric = metric;
        this.breaker = breaker;
    }

    @Override
    public Optional<Found> find(UserId user, ModelVersion version) {
        return breaker.call(() -> get(user, version).stream()
                .filter(entity -> version.value().equals(entity.fields().get(VERSION)))
                .filter(entity -> isServable(entity.vector()))
                .findFirst()
                // Older than anything the log says: the store is written a second later.
                .map(entity -> new Found(new UserVector(version, entity.vector(), 0, 0), "milvus")));
    }

    /** Whoever may write there can write anything. */
    private static boolean isServable(float[] vector) {
        for (float number : vector) {
            if (!Embedding.isServable(number)) {
                return false;
            }
        }
        return true;
    }

    private List<Entity> get(UserId user, ModelVersion version) {
        return get(version.collection(prefix, Kind.USER), List.of(user.value()));
    }

    private List<Entity> get(String collection, List<String> ids) {
        try {
            return store.get(collection, ids);
        } catch (IllegalArgumentException e) {
            LOG.debug("the trainer has not made the collection {} yet", collection, e);
            return List.of();
        }
    }

    @Override
    public Map<ItemId, float[]> items(Collection<ItemId> items, ModelVersion version) {
        List<String> ids = items.stream().map(ItemId::value).toList();
        return breaker.batch(() -> get(version.collection(prefix, Kind.ITEM), ids).stream()
                .filter(entity -> version.value().equals(entity.fields().get(VERSION)))
                .filter(entity -> isServable(entity.vector()))
                .collect(Collectors.toMap(entity -> new ItemId(entity.id()), Entity::vector)));
    }

    @Override
    public void put(UserId user, UserVector vector) {}

    @Override
    public void remove(UserId user, Removal removal) {}

    @Override
    public List<Scored> search(float[] query, int k, ModelVersion version, Set<ItemId> leftOut, boolean located) {
        SearchRequest request = new SearchRequest(
                        query,
                        k,
                        Optional.of(Filter.equal(VERSION, version.value())),
                        leftOut.stream().map(ItemId::value).collect(Collectors.toSet()))
                .output(located ? LOCATED : Output.KEY);
        return breaker.call(() -> search(request, version).stream()
                .filter(hit -> Float.isFinite(hit.score()))
                .map(this::scored)
                .filter(found -> found.vector() == null || isServable(found.vector()))
                .toList());
    }

    private Scored scored(Hit hit) {
        return new Scored(
                new ItemId(hit.id()),
                nearness(hit),
                hit.entity().map(Entity::vector).orElse(null));
    }

    /** Users whose vectors are near to that one by the collection's metric, at most k, with their vectors. */
    public List<Entity> usersLike(float[] query, int k, ModelVersion version) {
        SearchRequest request = new SearchRequest(
                        query, k, Optional.of(Filter.equal(VERSION, version.value())), Set.of())
                .output(LOCATED);
        return breaker.batch(() -> usersLike(request, version.collection(prefix, Kind.USER)).stream()
                .filter(entity -> isServable(entity.vector()))
                .toList());
    }

    private List<Entity> usersLike(SearchRequest request, String collection) {
        try {
            return store.search(collection, request).stream()
                    .flatMap(hit -> hit.entity().stream())
                    .toList();
        } catch (IllegalArgumentException e) {
            LOG.debug("the trainer has not made the collection of users yet", e);
            return List.of();
        }
    }

    /** Larger is nearer, as for a distance it is not. */
    private float nearness(Hit hit) {
        return metric == Metric.EUCLIDEAN ? -hit.score() : hit.score();
    }

    private List<Hit> search(SearchRequest request, ModelVersion version) {
        try {
            return store.search(version.collection(prefix, Kind.ITEM), request);
        } catch (IllegalArgumentException e) {
            LOG.debug("the trainer has not made the collection of items yet", e);
            return List.of();
        }
    }
}
