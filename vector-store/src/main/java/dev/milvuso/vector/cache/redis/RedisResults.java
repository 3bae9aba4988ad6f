package dev.milvuso.vector.cache.redis;

import dev.milvuso.vector.cache.SharedResults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Results in Redis. A collection's state is a key that holds a random name; a write gives it another, so that what was
 * found before is never asked for again and goes when its time is over. A name that Redis has lost is replaced by a new
 * one and never comes back.
 *
 * <p>When Redis fails it is left alone for a second. A write that it has not been told of is told later, and until then
 * this process does not use what is kept of that collection; others do, for the time to live at most.
 */
public final class RedisResults implements SharedResults {
    private static final Logger LOG = LoggerFactory.getLogger(RedisResults.class);
    private static final long PAUSE_MILLIS = 1000;
    private static final int MOST_BYTES = 1 << 20;

    private final UnifiedJedis redis;
    private final String prefix;
    private final long liveMillis;
    private final long settleMillis;
    private final InstantSource clock;
    private final Set<String> untold = ConcurrentHashMap.newKeySet();
    private volatile long pausedUntil;

    /**
     * @param store tells the collections of this store and database from others' in the same Redis
     * @param timeToLive of a result, at least a millisecond
     * @param settle how long it may take until a write is seen by searches
     */
    public RedisResults(UnifiedJedis redis, String store, Duration timeToLive, Duration settle, InstantSource clock) {
        if (timeToLive.toMillis() < 1) {
            throw new IllegalArgumentException("time to live is " + timeToLive + ": must be a millisecond or more");
        }
        this.redis = redis;
        this.prefix = "milvuso:search:" + store + ":";
        this.liveMillis = timeToLive.toMillis();
        this.settleMillis = settle.toMillis();
        this.clock = clock;
    }

    private String stateKey(String collection) {
        return prefix + collection + ":state";
    }

    private String settlingKey(String collection) {
        return prefix + collection + ":settling";
    }

    private byte[] resultKey(State state, String request) {
        return (prefix + state.name() + ":" + request).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<State> state(String collection) {
        if (untold.contains(collection)) {
            written(collection);
        }
        return untold.contains(collection) ? Optional.empty() : asked(() -> read(collection));
    }

    private State read(String collection) {
        List<@Nullable String> values = redis.mget(stateKey(collection), settlingKey(collection));
        String name = values.get(0);
        return new State(name == null ? begun(collection) : name, values.get(1) == null);
    }

    private String begun(String collection) {
        String fresh = fresh();
        String before = redis.setGet(
                stateKey(collection), fresh, SetParams.setParams().nx().px(stateMillis()));
        return before == null ? fresh : before;
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    /** A state that is gone only costs the results that were kept under it. */
    private long stateMillis() {
        return 2 * liveMillis + settleMillis;
    }

    @Override
    public Optional<byte[]> find(State state, String request) {
        return asked(() -> redis.get(resultKey(state, request)));
    }

    @Override
    public void keep(State state, String request, byte[] result) {
        if (state.settled() && result.length <= MOST_BYTES) {
            asked(() -> redis.set(
                    resultKey(state, request), result, SetParams.setParams().px(liveMillis)));
        }
    }

    @Override
    public void written(String collection) {
        // Untold first: a search that begins now must not find what was kept before.
        untold.add(collection);
        Optional<String> told = asked(() -> {
            if (settleMillis > 0) {
                redis.set(settlingKey(collection), "", SetParams.setParams().px(settleMillis));
            }
            return redis.set(
                    stateKey(collection), fresh(), SetParams.setParams().px(stateMillis()));
        });
        if (told.isPresent()) {
            untold.remove(collection);
        } else {
            // Another write's success may have removed it meanwhile.
            untold.add(collection);
        }
    }

    private <T> Optional<T> asked(Supplier<@Nullable T> call) {
        if (clock.millis() < pausedUntil) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(call.get());
        } catch (JedisException e) {
            LOG.debug("Redis does not answer", e);
            pausedUntil = clock.millis() + PAUSE_MILLIS;
            return Optional.empty();
        }
    }
}
