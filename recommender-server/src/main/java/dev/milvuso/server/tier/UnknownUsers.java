package dev.milvuso.server.tier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import java.time.Duration;
import java.util.Optional;

/**
 * Remembers for a while of whom nothing was found, so that guests do not cost a call to Redis and one to the vector
 * store at every request. A vector that is put ends it at once.
 */
public final class UnknownUsers implements UserVectors {
    private record Key(ModelVersion version, UserId user) {}

    private final UserVectors asked;

    /** True: nothing was found. False: something was put, so what was not found before says nothing. */
    private final Cache<Key, Boolean> unknown;

    /** @param memory how long it is remembered */
    public UnknownUsers(UserVectors asked, int maxUsers, Duration memory) {
        this.asked = asked;
        this.unknown = Caffeine.newBuilder()
                .maximumSize(maxUsers)
                .expireAfterWrite(memory)
                .build();
    }

    @Override
    public Optional<Found> find(UserId user, ModelVersion version) {
        Key key = new Key(version, user);
        if (Boolean.TRUE.equals(unknown.getIfPresent(key))) {
            return Optional.empty();
        }
        Optional<Found> found = asked.find(user, version);
        if (found.isEmpty()) {
            unknown.asMap().putIfAbsent(key, true);
        }
        return found;
    }

    @Override
    public void put(UserId user, UserVector vector) {
        unknown.put(new Key(vector.version(), user), false);
        asked.put(user, vector);
    }

    @Override
    public void remove(UserId user, Removal removal) {
        asked.remove(user, removal);
    }
}
