package dev.milvuso.server.tier.redis;

import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.UserVector;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/**
 * Writes users' vectors and lists to Redis, in batches and behind the back of whoever has something to write. What
 * waits is kept once for each user, the latest, and for a bounded number of users: while Redis is away it waits, and
 * what does not fit is counted as {@code milvuso_redis_writes_dropped_total}. A key that missed a write is stale for
 * {@code redis.ttl} at most. Safe for use by many threads; {@link #run} is called by one.
 */
public final class RedisWriter implements Runnable {
    private static final int BATCH = 200;

    private final Redis redis;
    private final Breaker breaker;
    private final Duration ttl;
    private final int maxUsers;
    private final BooleanSupplier live;
    private final Counter dropped;
    private final Map<UserId, Pending> waiting = new ConcurrentHashMap<>();

    /**
     * @param maxUsers for how many users something may wait
     * @param live false while the past is read: vectors then only replace what Redis has of a user
     */
    public RedisWriter(
            Redis redis, Breaker breaker, Duration ttl, int maxUsers, BooleanSupplier live, MeterRegistry metrics) {
        this.redis = redis;
        this.breaker = breaker;
        this.ttl = ttl;
        this.maxUsers = maxUsers;
        this.live = live;
        this.dropped = metrics.counter("milvuso.redis.writes.dropped");
    }

    void vector(UserId user, UserVector vector) {
        add(user, Pending.vector(vector, live.getAsBoolean()));
    }

    /** While the past is read nothing is removed: what went then is older than {@code redis.ttl}, or soon will be. */
    void removal(UserId user, Removal removal) {
        if (live.getAsBoolean()) {
            add(user, Pending.removal(removal));
        }
    }

    /** The vector that has not been written yet. */
    Optional<UserVector> waiting(UserId user, ModelVersion version) {
        return Optional.ofNullable(waiting.get(user))
                .flatMap(Pending::vector)
                .filter(vector -> vector.version().equals(version));
    }

    /** Keeps a list under the user's key, with those that are there already. */
    public void list(UserId user, ListEntry list) {
        add(user, Pending.list(list));
    }

    /** Takes away all of the user's lists. */
    public void dropLists(UserId user) {
        add(user, Pending.dropLists());
    }

    private void add(UserId user, Pending next) {
        if (waiting.size() >= maxUsers && !waiting.containsKey(user)) {
            dropped.increment();
            return;
        }
        waiting.merge(user, next, Pending::then);
    }

    /** Writes what waits, unless Redis is away. */
    @Override
    public void run() {
        while (!waiting.isEmpty()) {
            Map<UserId, Pending> batch = take();
            try {
                breaker.call(() -> {
                    write(batch);
                    return true;
                });
            } catch (Unavailable e) {
                batch.forEach((user, old) -> waiting.merge(user, old, (newer, older) -> older.then(newer)));
                return;
            }
        }
    }

    private Map<UserId, Pending> take() {
        Map<UserId, Pending> batch = new HashMap<>();
        Iterator<UserId> users = waiting.keySet().iterator();
        while (users.hasNext() && batch.size() < BATCH) {
            UserId user = users.next();
            Pending pending = waiting.remove(user);
            if (pending != null) {
                batch.put(user, pending);
            }
        }
        return batch;
    }

    private void write(Map<UserId, Pending> batch) {
        Map<UserId, Response<byte[]>> there = new HashMap<>();
        Map<UserId, Response<byte[]>> removed = new HashMap<>();
        try (Pipeline pipeline = redis.client().pipelined()) {
            batch.forEach((user, pending) -> {
                pending.vector()
                        .ifPresent(vector -> there.put(user, pipeline.get(VectorEntry.key(user, vector.version()))));
                pending.removed()
                        .ifPresent(
                                removal -> removed.put(user, pipeline.get(VectorEntry.key(user, removal.version()))));
            });
        }
        List<Response<?>> answers = new ArrayList<>();
        try (Pipeline pipeline = redis.client().pipelined()) {
            batch.forEach((user, pending) -> {
                Response<byte[]> old = there.get(user);
                pending.removed()
                        .filter(removal -> !isNewer(removed.get(user), removal))
                        .ifPresent(removal -> answers.add(pipeline.del(VectorEntry.key(user, removal.version()))));
                pending.vector()
                        .filter(vector -> old == null || pending.mayReplace(VectorEntry.decode(old.get()), vector))
                        .ifPresent(vector -> answers.add(pipeline.set(
                                VectorEntry.key(user, vector.version()),
                                VectorEntry.encode(user, vector),
                                SetParams.setParams().px(ttl.toMillis()))));
                lists(user, pending, pipeline, answers);
            });
        }
        answers.forEach(this::countIfRefused);
    }

    private static boolean isNewer(@Nullable Response<byte[]> there, Removal removal) {
        return there != null
                && VectorEntry.decode(there.get())
                        .filter(vector -> vector.isNewerThan(removal))
                        .isPresent();
    }

    private static void lists(UserId user, Pending pending, Pipeline pipeline, List<Response<?>> answers) {
        byte[] key = ListEntry.key(user);
        if (pending.dropsLists()) {
            answers.add(pipeline.del(key));
        }
        pending.list().ifPresent(list -> {
            answers.add(pipeline.hset(key, list.field(), list.value()));
            answers.add(pipeline.pexpire(key, list.ttl().toMillis()));
        });
    }

    private void countIfRefused(Response<?> answer) {
        try {
            answer.get();
        } catch (JedisDataException e) {
            dropped.increment(); // Redis is full
        }
    }
}
