package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.UserId;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.SharedServices;
import dev.milvuso.server.recommend.redis.RedisLists;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.redis.Redis;
import dev.milvuso.server.tier.redis.RedisWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of tiers for finished lists: in memory, in a real Redis, and as instances have both. */
class SharedListsContractIT {
    private static final Clock CLOCK = Clock.systemUTC();

    private static FinishedLists lists(BoundedCache.Policy policy) {
        return new FinishedLists(policy, 100, Duration.ofMinutes(5), Duration.ZERO, CLOCK);
    }

    abstract static class InMemory extends FinishedListsContract {
        private final FinishedLists lists;

        InMemory(BoundedCache.Policy policy) {
            lists = lists(policy);
        }

        @Override
        void keep(UserId user, Recommendation list) {
            lists.put(user, VERSION, QUERY, list, lists.change(user), 0);
        }

        @Override
        Optional<Recommendation> find(UserId user, ModelVersion version, Query query) {
            return lists.find(user, version, query, 0, list -> false).map(FinishedLists.Fresh::list);
        }

        @Override
        void drop(UserId user) {
            lists.invalidate(user);
        }
    }

    @Nested
    class InMemoryByUse extends InMemory {
        InMemoryByUse() {
            super(BoundedCache.Policy.TINYLFU);
        }
    }

    @Nested
    class InMemoryByLastUse extends InMemory {
        InMemoryByLastUse() {
            super(BoundedCache.Policy.LRU);
        }
    }

    @Nested
    @ExtendWith(SharedServices.class)
    class InRedis extends FinishedListsContract {
        final Breaker breaker = new Breaker("redis", Duration.ofSeconds(1), CLOCK, () -> {}, Runnable::run);
        Redis redis;
        RedisWriter writer;
        RedisLists shared;

        @BeforeEach
        void connect(EmbeddedServices services) {
            List<String> settings = List.of("redis.port=" + services.redis().port(), "redis.timeout=2s");
            SimpleMeterRegistry metrics = new SimpleMeterRegistry();
            redis = new Redis(
                    ConfigLoader.load(Optional.empty(), Map.of(), settings).redis());
            writer = new RedisWriter(redis, breaker, Duration.ofMinutes(1), 100, () -> true, metrics);
            shared = new RedisLists(redis, breaker, writer, Duration.ofMinutes(5), CLOCK, metrics.counter("hits"));
        }

        @AfterEach
        void disconnect() {
            redis.close();
        }

        @Override
        void keep(UserId user, Recommendation list) {
            shared.put(user, VERSION, QUERY, list);
            writer.run();
        }

        @Override
        Optional<Recommendation> find(UserId user, ModelVersion version, Query query) {
            return shared.find(user, version, query);
        }

        @Override
        void drop(UserId user) {
            shared.drop(user);
            writer.run();
        }

        @Test
        void aListIsServedToTheSameQuestionOnly() {
            String id = unknown();
            bring(id, 7);
            assertThat(find(new UserId(id), VERSION, Query.of(9))).isEmpty();
            assertThat(find(new UserId(id), VERSION, QUERY.excludeSeen(false))).isEmpty();
            assertThat(find(new UserId(id), VERSION, QUERY.categories("c"))).isEmpty();
            assertThat(find(new UserId(id), VERSION, QUERY)).isPresent();
        }
    }

    /** One instance keeps lists, another one serves them. */
    @Nested
    class OfTwoInstances extends InRedis {
        private final FinishedLists memory = lists(BoundedCache.Policy.TINYLFU);
        private final FinishedLists othersMemory = lists(BoundedCache.Policy.TINYLFU);
        private final Bulkhead bulkhead = Bulkhead.of("redis", 1, 10, breaker);

        @AfterEach
        void close() {
            bulkhead.close();
        }

        private Finished finished(FinishedLists memory) {
            return new Finished(memory, shared, bulkhead, new SimpleMeterRegistry().counter("served"));
        }

        @Override
        void keep(UserId user, Recommendation list) {
            finished(memory).keep(user, QUERY, VERSION, list, memory.change(user), 0);
            writer.run();
            // As something has happened that this list has in it: what the other has kept is served no longer.
            othersMemory.invalidateAll(Duration.ofMinutes(-1));
        }

        @Override
        Optional<Recommendation> find(UserId user, ModelVersion version, Query query) {
            Finished other = finished(othersMemory);
            Making making = new Making(CLOCK.millis(), new Deadline(Duration.ofMinutes(1)));
            return other.here(user, query, version, 0, list -> true)
                    .map(FinishedLists.Fresh::list)
                    .or(() ->
                            other.elsewhere(user, query, version, othersMemory.change(user), 0, list -> true, making));
        }

        /** Both follow what happens. */
        @Override
        void drop(UserId user) {
            memory.invalidate(user);
            othersMemory.invalidate(user);
            super.drop(user);
            await(CLOCK.millis());
        }

        /** A list of the same millisecond may have been made before. */
        private void await(long past) {
            while (CLOCK.millis() <= past) {
                Thread.onSpinWait();
            }
        }
    }
}
