package dev.milvuso.server.tier.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.tier.UserVector;
import dev.milvuso.server.tier.UserVectors;
import java.util.Optional;

/** The vectors of the users who were asked for or learned about last. */
public final class MemoryUserVectors implements UserVectors {
    private record Key(ModelVersion version, UserId user) {}

    private final Cache<Key, UserVector> vectors;

    /** @param maxUsers how many are kept */
    public MemoryUserVectors(int maxUsers) {
        vectors = Caffeine.newBuilder().maximumSize(maxUsers).build();
    }

    @Override
    public Optional<Found> find(UserId user, ModelVersion version) {
        return Optional.ofNullable(vectors.getIfPresent(new Key(version, user)))
                .map(vector -> new Found(vector, "memory"));
    }

    @Override
    public void put(UserId user, UserVector vector) {
        vectors.asMap()
                .merge(new Key(vector.version(), user), vector, (old, next) -> next.isNewerThan(old) ? next : old);
    }

    @Override
    public void remove(UserId user, Removal removal) {
        vectors.asMap()
                .computeIfPresent(
                        new Key(removal.version(), user), (key, there) -> there.isNewerThan(removal) ? there : null);
    }
}
