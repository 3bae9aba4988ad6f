package dev.milvuso.server.recommend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Lists that may be served again while nothing has happened. Safe for use by many threads. */
public final class FinishedLists {
    private record Key(UserId user, ModelVersion version, Query query) {}

    private record Kept(Recommendation list, long change, long revision) {}

    /** @param atMillis when something last happened; 0: nothing is known */
    private record Change(long number, long atMillis) {}

    private static final int USUAL_LENGTH = 20;

    private final Cache<Key, Kept> lists;
    private final Cache<UserId, Change> changes;
    private final AtomicLong forgotten = new AtomicLong();
    private final Clock clock;
    private volatile long allBefore = Long.MIN_VALUE;

    /** @param maxUsers room for this many lists of usual length; one of thousands of items takes the room of many */
    public FinishedLists(int maxUsers, Duration ttl, Clock clock) {
        this.clock = clock;
        lists = Caffeine.newBuilder()
                .maximumWeight((long) maxUsers * USUAL_LENGTH)
                // A short one is not much smaller: its query may be long.
                .weigher((Key key, Kept kept) ->
                        Math.max(USUAL_LENGTH / 2, kept.list().items().size()))
                .expireAfterWrite(ttl)
                .build();
        changes = Caffeine.newBuilder().maximumSize(maxUsers).build();
    }

    /** To be read before a list is made, and given to {@link #put} with it. */
    public long change(UserId user) {
        return changes.get(user, unused -> new Change(unusedNumber(), 0)).number();
    }

    /** A user who was evicted begins anew with a number that no kept list has. */
    private long unusedNumber() {
        return forgotten.addAndGet(1L << 32);
    }

    /**
     * @param revision of whatever says which items fit
     * @param fits asked if that is another one than when the list was put here or last looked at
     */
    public Optional<Recommendation> find(
            UserId user, ModelVersion version, Query query, long revision, Predicate<Recommendation> fits) {
        Key key = new Key(user, version, query);
        Kept kept = lists.getIfPresent(key);
        if (kept == null || kept.change() != change(user)) {
            return Optional.empty();
        }
        if (kept.revision() != revision) {
            if (!fits.test(kept.list())) {
                return Optional.empty();
            }
            lists.asMap().replace(key, kept, new Kept(kept.list(), kept.change(), revision));
        }
        return Optional.of(kept.list());
    }

    public void put(UserId user, ModelVersion version, Query query, Recommendation list, long change, long revision) {
        lists.put(new Key(user, version, query), new Kept(list.from("memory"), change, revision));
    }

    /** Whatever was or is being made for the user is not served any more. */
    public void invalidate(UserId user) {
        changes.asMap()
                .merge(
                        user,
                        new Change(unusedNumber(), clock.millis()),
                        (old, next) -> new Change(old.number() + 1, next.atMillis()));
    }

    /** No list that was or is being made is served any more, nor one that another instance makes within the margin. */
    public void invalidateAll(Duration margin) {
        lists.invalidateAll();
        allBefore = clock.millis() + margin.toMillis();
        changes.invalidateAll();
    }

    /** Whether nothing is known to have happened since a list was made elsewhere. */
    public boolean isCurrent(UserId user, long madeAt) {
        Change change = changes.getIfPresent(user);
        return madeAt > allBefore && (change == null || change.atMillis() < madeAt);
    }
}
