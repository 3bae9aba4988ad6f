package dev.milvuso.server;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.TierContract;
import dev.milvuso.server.tier.TieredUserVectors;
import dev.milvuso.server.tier.UserVector;
import dev.milvuso.server.tier.UserVectors;
import dev.milvuso.server.tier.UserVectorsContract;
import dev.milvuso.server.tier.WrittenTierContract;
import dev.milvuso.server.tier.WrittenUserVectorsContract;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.server.tier.redis.Redis;
import dev.milvuso.server.tier.redis.RedisUserVectors;
import dev.milvuso.server.tier.redis.RedisWriter;
import dev.milvuso.server.tier.vector.StoredVectors;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SwitchedStore;
import dev.milvuso.vector.index.Found;
import dev.milvuso.vector.index.Selection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of tiers on a real Redis, on the vector store, and on all of them together: users' vectors here, and the
 * vectors of items in memory and in the store. Finished lists are in {@code SharedListsContractIT}.
 */
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
        protected void bring(UserId user, UserVector vector) {
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

    @Nested
    class ItemsInMemory implements WrittenTierContract {
        private final ItemSlots slots = new ItemSlots();
        private final ServedModel model = new ServedModel(
                2,
                () -> new ItemIndex(slots, Metric.INNER_PRODUCT, 2, 1, Runnable::run, 0, slot -> 0),
                new MemoryUserVectors(BoundedCache.Policy.LRU, 100),
                embedding -> {});

        @AfterEach
        void close() {
            model.close();
        }

        @Override
        public void bring(String id, int number) {
            model.apply(new Embedding(VERSION, Kind.ITEM, id, new float[] {number, 1}, 0, 1, number, 0));
        }

        @Override
        public void remove(String id, int number) {
            model.apply(new Removal(VERSION, Kind.ITEM, id, 1, number));
        }

        @Override
        public Optional<Integer> find(String id, ModelVersion version) {
            return model.items(version).flatMap(index -> {
                Found found = index.search(new float[] {1, 0}, 100, -1, Selection.ALL);
                return IntStream.range(0, found.slots().length)
                        .filter(i -> slots.id(found.slots()[i]).value().equals(id))
                        .mapToObj(i -> (int) found.scores()[i])
                        .findFirst();
            });
        }
    }

    @Nested
    class ItemsInTheVectorStore implements TierContract {
        private final SwitchedStore store = TrainedStore.empty();

        @AfterEach
        void close() {
            store.close();
        }

        @Override
        public void bring(String id, int number) {
            TrainedStore.item(store, id, number, 1);
        }

        @Override
        public Optional<Integer> find(String id, ModelVersion version) {
            return stored(store).search(new float[] {1, 0}, 100, version, Set.of(), false).stream()
                    .filter(found -> found.item().value().equals(id))
                    .map(found -> (int) found.score())
                    .findFirst();
        }
    }

    /** As they are brought into memory. */
    @Nested
    class ItemsOfTheVectorStoreByTheirIds implements TierContract {
        private final SwitchedStore store = TrainedStore.empty();

        @AfterEach
        void close() {
            store.close();
        }

        @Override
        public void bring(String id, int number) {
            TrainedStore.item(store, id, number, 1);
        }

        @Override
        public Optional<Integer> find(String id, ModelVersion version) {
            float[] vector =
                    stored(store).items(List.of(new ItemId(id)), version).get(new ItemId(id));
            return Optional.ofNullable(vector).map(numbers -> (int) numbers[0]);
        }
    }
}
