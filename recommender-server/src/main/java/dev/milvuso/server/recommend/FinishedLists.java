package dev.milvuso.server.recommend;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.tier.memory.BoundedCache;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Lists that may be served again while nothing has happened. Safe for use by many threads. */
public final class FinishedLists {
    private record Key(UserId user, ModelVersion version, Query query) {}

    private record Kept(Recommendation list, long change, long revision, long keptAt) {}

    /** @param atMillis when something last happened; 0: nothing is known */
    private record Change(long number, long atMillis) {}

    /**
     * A list that may be served.
     *
     * @param isStale whether it is time to make a new one
     */
    public record Fresh(Recommendation list, boolean isStale) {}

    private static final int USUAL_LENGTH = 20;

    private final BoundedCache<Key, Kept> lists;
    private final BoundedCache<UserId, Change> changes;
    private final AtomicLong forgotten = new AtomicLong();
    private final long ttlMillis;
    private final long staleMillis;
    private final Clock clock;
    private final AtomicLong generation = new AtomicLong();
    private volatile long allBefore = Long.MIN_VALUE;

    /**
     * @param maxUsers room for this many lists of usual length; one of thousands of items takes the room of many
     * @param ttl after that a list is stale
     * @param stale for so long it may be served meanwhile, if lists are kept at all
     */
    public FinishedLists(BoundedCache.Policy policy, int maxUsers, Duration ttl, Duration stale, Clock clock) {
        this.clock = clock;
        this.ttlMillis = ttl.toMillis();
        this.staleMillis = ttl.isZero() ? 0 : stale.toMillis();
        this.lists = BoundedCache.of(policy, (long) maxUsers * USUAL_LENGTH, FinishedLists::weight);
        this.changes = BoundedCache.of(policy, maxUsers);
    }

    /** A short one is not much smaller: its query may be long. */
    private static int weight(Key key, Kept kept) {
        return Math.max(USUAL_LENGTH / 2, kept.list().items().size());
    }

    /** To be read before a list is made, and given to {@link #put} with it. */
    public long change(UserId user) {
        // Mixed, so that no sum of both is another one's.
        return generation.get() * 0x9E3779B97F4A7C15L
                ^ changes.computeIfAbsent(user, unused -> new Change(unusedNumber(), 0))
                        .number();
    }

    /** A user who was evicted begins anew with a number that no kept list has. */
    private long unusedNumber() {
        return forgotten.addAndGet(1L << 32);
    }

    /**
     * @param revision of whatever says which items fit
     * @param fits asked if that is another one than when the list was put here or last looked at
     */
    public Optional<Fresh> find(
            UserId user, ModelVersion version, Query query, long revision, Predicate<Recommendation> fits) {
        Key key = new Key(user, version, query);
        Kept kept = lists.get(key);
        if (kept == null || kept.change() != change(user)) {
            return Optional.empty();
        }
        long age = clock.millis() - kept.keptAt();
        if (age >= ttlMillis + staleMillis || (kept.revision() != revision && !fits.test(kept.list()))) {
            return Optional.empty();
        }
        if (kept.revision() != revision) {
            Kept looked = new Kept(kept.list(), kept.change(), revision, kept.keptAt());
            lists.computeIfPresent(key, (same, there) -> there.equals(kept) ? looked : there);
        }
        return Optional.of(new Fresh(kept.list(), age >= ttlMillis));
    }

    /** Keeps the list, unless something has happened since {@code change} was read and another one is here. */
    public void put(UserId user, ModelVersion version, Query query, Recommendation list, long change, long revision) {
        Kept next = new Kept(list.from("memory"), change, revision, clock.millis());
        lists.merge(new Key(user, version, query), next, (there, same) -> change == change(user) ? same : there);
    }

    /** Whatever was or is being made for the user is not served any more. */
    public void invalidate(UserId user) {
        changes.merge(
                user,
                new Change(unusedNumber(), clock.millis()),
                (old, next) -> new Change(old.number() + 1, next.atMillis()));
    }

    /** No list that was or is being made is served any more, nor one that another instance makes within the margin. */
    public void invalidateAll(Duration margin) {
        allBefore = clock.millis() + margin.toMillis();
        generation.incrementAndGet();
    }

    /** Whether nothing is known to have happened since a list was made elsewhere. */
    public boolean isCurrent(UserId user, long madeAt) {
        Change change = changes.get(user);
        return madeAt > allBefore && (change == null || change.atMillis() < madeAt);
    }

    /** How many lists are kept, roughly. */
    public long size() {
        return lists.size();
    }
}
