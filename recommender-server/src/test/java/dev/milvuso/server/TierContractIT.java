package dev.milvuso.server;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.TieredUserVectors;
import dev.milvuso.server.tier.UserVector;
import dev.milvuso.server.tier.UserVectors;
import dev.milvuso.server.tier.UserVectorsContract;
import dev.milvuso.server.tier.WrittenUserVectorsContract;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.server.tier.redis.Redis;
import dev.milvuso.server.tier.redis.RedisUserVectors;
import dev.milvuso.server.tier.redis.RedisWriter;
import dev.milvuso.server.tier.vector.StoredVectors;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SwitchedStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of users' vectors on a real Redis, on the vector store, and on all tiers together. */
class TierContractIT {
    private static Breaker breaker(String name) {
        return new Breaker(name, Duration.ofSeconds(1), Clock.systemUTC(), () -> {}, Runnable::run);
    }

    private static StoredVectors stored(SwitchedStore store) {
        return new StoredVectors(store, "milvuso", Metric.INNER_PRODUCT, breaker("milvus"));
    }

    @Nested
    @ExtendWith(SharedServices.class)
    class InRedis extends WrittenUserVectorsContract {
        Redis redis;
        RedisWriter writer;

        @BeforeEach
        void connect(EmbeddedServices services) {
            Config config = ConfigLoader.load(
                    Optional.empty(),
                    Map.of(),
                    Stream.of("redis.port=" + services.redis().port(), "redis.timeout=2s")
                            .toList());
            redis = new Redis(config.redis());
            writer = new RedisWriter(
                    redis, breaker("redis"), Duration.ofMinutes(1), 100, () -> true, new SimpleMeterRegistry());
        }

        @AfterEach
        void disconnect() {
            redis.close();
        }

        @Override
        protected UserVectors tier() {
            return new RedisUserVectors(redis, breaker("redis"), writer);
        }

        @Override
        protected void settle() {
            writer.run();
        }
    }

    @Nested
    class InTheVectorStore extends UserVectorsContract {
        private final SwitchedStore store = TrainedStore.empty();

        @AfterEach
        void close() {
            store.close();
        }

        @Override
        protected UserVectors tier() {
            return stored(store);
        }

        @Override
        protected void bring(UserVector vector) {
            TrainedStore.user(store, user.value(), vector.vector());
        }
    }

    @Nested
    class AllTogether extends InRedis {
        private final SwitchedStore store = TrainedStore.empty();
        private final UserVectors memory = new MemoryUserVectors(BoundedCache.Policy.TINYLFU, 100);

        @AfterEach
        void close() {
            store.close();
        }

        @Override
        protected UserVectors tier() {
            return new TieredUserVectors(memory, new TieredUserVectors(super.tier(), stored(store)));
        }
    }
}
