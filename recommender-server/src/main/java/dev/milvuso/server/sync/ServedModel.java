package dev.milvuso.server.sync;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.RankerWeights;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.tier.UserVector;
import dev.milvuso.server.tier.UserVectors;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the trainer has published, as far as this instance has read. A version's vectors may come before the activation
 * that names it, so those of versions not served are kept until another one is activated; they may come after it too,
 * from other partitions, so another version is served only when as many of its items are here as the activation says.
 * The items of the version before stay for lists that are being made.
 */
public final class ServedModel implements AutoCloseable {
    private final int dimension;
    private final Supplier<ItemIndex> newIndex;
    private final ConcurrentHashMap<ModelVersion, ItemIndex> indexes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ModelVersion, RankerWeights> rankers = new ConcurrentHashMap<>();
    private final UserVectors users;
    private final Consumer<Embedding> userChanged;
    private volatile @Nullable Activation active;
    private @Nullable Activation awaited;

    /**
     * @param dimension {@code recommendation.embedding_dim}
     * @param newIndex makes an empty index, for the items of a version
     * @param userChanged told of each vector of a user of the served version
     */
    public ServedModel(
            int dimension, Supplier<ItemIndex> newIndex, UserVectors users, Consumer<Embedding> userChanged) {
        this.dimension = dimension;
        this.newIndex = newIndex;
        this.users = users;
        this.userChanged = userChanged;
    }

    /** @throws IllegalArgumentException if it is of another length, or its id is none; nothing is changed then */
    public void apply(EmbeddingRecord published) {
        if (published instanceof Activation activation) {
            activate(activation);
        } else if (published instanceof RankerWeights weights) {
            rankers.merge(weights.version(), weights, (old, next) -> next.isNewerThan(old) ? next : old);
        } else if (published instanceof Embedding embedding) {
            apply(embedding);
        }
    }

    private void activate(Activation next) {
        Activation now = active;
        Activation latest = awaited == null ? now : awaited;
        if (latest != null && next.epoch() < latest.epoch()) {
            return;
        }
        if (now == null || now.version().equals(next.version())) {
            active = next;
            awaited = null;
            return;
        }
        awaited = next;
        serveIfComplete();
    }

    private void serveIfComplete() {
        Activation next = awaited;
        Activation now = active;
        if (next == null || now == null || itemsHere(next) < next.items()) {
            return;
        }
        active = next;
        awaited = null;
        Set<ModelVersion> kept = Set.of(now.version(), next.version());
        for (ModelVersion each : Set.copyOf(indexes.keySet())) {
            if (!kept.contains(each)) {
                Objects.requireNonNull(indexes.remove(each)).close();
            }
        }
        rankers.keySet().retainAll(kept);
    }

    private int itemsHere(Activation next) {
        return items(next.version()).map(ItemIndex::size).orElse(0);
    }

    private void apply(Embedding embedding) {
        if (embedding.vector().length != dimension) {
            throw new IllegalArgumentException(
                    "the vector of " + embedding.kind().label() + " " + embedding.id() + " has "
                            + embedding.vector().length + " numbers: recommendation.embedding_dim is " + dimension);
        }
        if (embedding.kind() == Kind.ITEM) {
            indexes.computeIfAbsent(embedding.version(), unused -> newIndex.get())
                    .put(embedding);
            serveIfComplete();
            return;
        }
        users.put(
                new UserId(embedding.id()),
                new UserVector(embedding.version(), embedding.vector(), embedding.epoch(), embedding.step()));
        Activation now = active;
        if (now != null && now.version().equals(embedding.version())) {
            userChanged.accept(embedding);
        }
    }

    /**
     * The row is served no longer, unless it is there anew already.
     *
     * @throws IllegalArgumentException if its id is none
     */
    public void apply(Removal removal) {
        if (removal.kind() == Kind.USER) {
            users.remove(new UserId(removal.id()), removal);
            return;
        }
        ItemIndex index = indexes.get(removal.version());
        if (index != null) {
            index.remove(removal);
        }
    }

    /** Empty until the first activation was read. */
    public Optional<ModelVersion> version() {
        return Optional.ofNullable(active).map(Activation::version);
    }

    public Optional<ItemIndex> items(ModelVersion version) {
        return Optional.ofNullable(indexes.get(version));
    }

    /** What the version's ranker has learned; empty while nothing is known of it. */
    public Optional<RankerWeights> ranker(ModelVersion version) {
        return Optional.ofNullable(rankers.get(version));
    }

    @Override
    public void close() {
        indexes.values().forEach(ItemIndex::close);
    }
}
