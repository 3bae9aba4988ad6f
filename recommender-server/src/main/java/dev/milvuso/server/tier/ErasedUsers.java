package dev.milvuso.server.tier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.UserId;
import java.time.Duration;
import java.time.Instant;

/**
 * The users who were erased of late: what a slow tier still has of them, because it was away when they were erased,
 * must not come back. Of a bounded number of users, for a day.
 */
public final class ErasedUsers {
    private static final int MOST = 100_000;
    private static final Duration MEMORY = Duration.ofDays(1);

    private final Cache<UserId, Instant> erased =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(MEMORY).build();

    /** @param at what was learned of the user up to then is to be forgotten */
    public void add(UserId user, Instant at) {
        erased.asMap().merge(user, at, (one, other) -> one.isAfter(other) ? one : other);
    }

    /**
     * A vector came that contains what the user did up to a time: if that is after they were erased, they are somebody
     * new.
     */
    public void learned(UserId user, Instant contains) {
        erased.asMap().computeIfPresent(user, (same, at) -> contains.isAfter(at) ? null : at);
    }

    public boolean contains(UserId user) {
        return erased.getIfPresent(user) != null;
    }
}
