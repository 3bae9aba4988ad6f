package dev.milvuso.server.tier.memory;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.tier.UserVector;
import dev.milvuso.server.tier.UserVectors;
import java.util.Optional;

/** The vectors of the users who were asked for or learned about last. */
public final class MemoryUserVectors implements UserVectors {
    private record Key(ModelVersion version, UserId user) {}

    private final BoundedCache<Key, UserVector> vectors;

    /** @param maxUsers how many are kept */
    public MemoryUserVectors(BoundedCache.Policy policy, int maxUsers) {
        vectors = BoundedCache.of(policy, maxUsers);
    }

    @Override
    public Optional<Found> find(UserId user, ModelVersion version) {
        return Optional.ofNullable(vectors.get(new Key(version, user))).map(vector -> new Found(vector, "memory"));
    }

    @Override
    public void put(UserId user, UserVector vector) {
        vectors.merge(new Key(vector.version(), user), vector, (old, next) -> next.isNewerThan(old) ? next : old);
    }

    @Override
    public void remove(UserId user, Removal removal) {
        vectors.computeIfPresent(
                new Key(removal.version(), user), (key, there) -> there.isNewerThan(removal) ? there : null);
    }
}
