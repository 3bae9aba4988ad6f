package dev.milvuso.server.recommend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Lists that may be served again while nothing has happened. Safe for use by many threads. */
public final class FinishedLists {
    private record Key(UserId user, String version, Query query) {}

    private record Kept(Recommendation list, long change) {}

    private static final long USUAL_LENGTH = 20;

    private final Cache<Key, Kept> lists;
    private final Cache<UserId, AtomicLong> changes;
    private final AtomicLong forgotten = new AtomicLong();

    /** @param maxUsers room for this many lists of usual length; one of thousands of items takes the room of many */
    public FinishedLists(int maxUsers, Duration ttl) {
        lists = Caffeine.newBuilder()
                .maximumWeight(maxUsers * USUAL_LENGTH)
                .weigher((Key key, Kept kept) -> 1 + kept.list().items().size())
                .expireAfterWrite(ttl)
                .build();
        changes = Caffeine.newBuilder().maximumSize(maxUsers).build();
    }

    /** To be read before a list is made, and given to {@link #put} with it. */
    public long change(UserId user) {
        // A user who was evicted begins anew with a number that no kept list has.
        return changes.get(user, unused -> new AtomicLong(forgotten.addAndGet(1L << 32)))
                .get();
    }

    public Optional<Recommendation> find(UserId user, String version, Query query) {
        Kept kept = lists.getIfPresent(new Key(user, version, query));
        return kept != null && kept.change() == change(user) ? Optional.of(kept.list()) : Optional.empty();
    }

    public void put(UserId user, String version, Query query, Recommendation list, long change) {
        lists.put(new Key(user, version, query), new Kept(list, change));
    }

    /** Whatever was or is being made for the user is not served any more. */
    public void invalidate(UserId user) {
        AtomicLong change = changes.getIfPresent(user);
        if (change != null) {
            change.incrementAndGet();
        }
    }
}
