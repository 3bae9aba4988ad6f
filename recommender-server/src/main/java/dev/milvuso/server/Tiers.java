package dev.milvuso.server;

import dev.milvuso.component.DaemonThreads;
import dev.milvuso.config.Config;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.recommend.BeyondMemory;
import dev.milvuso.server.recommend.Finished;
import dev.milvuso.server.recommend.FinishedLists;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.SharedLists;
import dev.milvuso.server.recommend.redis.RedisLists;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.CountedUserVectors;
import dev.milvuso.server.tier.ErasedUsers;
import dev.milvuso.server.tier.TieredUserVectors;
import dev.milvuso.server.tier.UnknownUsers;
import dev.milvuso.server.tier.UnlessErased;
import dev.milvuso.server.tier.UserVectors;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.server.tier.redis.Redis;
import dev.milvuso.server.tier.redis.RedisUserVectors;
import dev.milvuso.server.tier.redis.RedisWriter;
import dev.milvuso.server.tier.vector.StoredVectors;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Where vectors and finished lists are kept: in memory, in Redis, in the vector store. */
final class Tiers implements AutoCloseable {
    private static final int WAITING = 10_000;
    private static final Duration UNKNOWN = Duration.ofSeconds(10);

    private final ExecutorService upkeep = Executors.newSingleThreadExecutor(new DaemonThreads("item-index"));
    private final Redis redis;
    private final RedisWriter writer;
    private final StoredVectors stored;
    private final UserVectors memory;
    private final UserVectors beyond;
    private final UserVectors vectors;
    private final FinishedLists lists;
    private final SharedLists sharedLists;
    private final BeyondMemory itemsBeyondMemory;
    private final ServedModel model;
    private final ErasedUsers erased = new ErasedUsers();
    private final Bulkheads bulkheads;
    private final MeterRegistry metrics;

    /**
     * @param redis is closed with this
     * @param live whether the log has been read up to the present
     * @param learned told of each user's vector that came
     */
    Tiers(
            Config config,
            VectorStore store,
            Redis redis,
            Bulkheads bulkheads,
            ItemSlots slots,
            Popular popular,
            BoundedCache.Policy policy,
            Clock clock,
            MeterRegistry metrics,
            BooleanSupplier live,
            Consumer<Embedding> learned) {
        this.redis = redis;
        this.bulkheads = bulkheads;
        this.metrics = metrics;
        int users = config.recommendation().cachedUsers();
        int dimension = config.recommendation().embeddingDim();
        Duration listTtl = config.recommendation().listTtl();
        Metric metric = Metric.named(config.training().metric());
        writer = new RedisWriter(
                redis, bulkheads.redisBreaker(), config.redis().ttl(), Math.max(users, WAITING), live, metrics);
        lists = new FinishedLists(
                policy, users, listTtl, config.recommendation().listStale(), clock);
        sharedLists = new RedisLists(
                redis,
                bulkheads.redisBreaker(),
                writer,
                listTtl,
                clock,
                CountedUserVectors.counter("redis", "hit", metrics));
        stored = new StoredVectors(store, config.milvus().collectionName(), metric, bulkheads.storeBreaker());
        itemsBeyondMemory = new BeyondMemory(stored, bulkheads.searches(), slots);
        memory = new UnlessErased(counted(new MemoryUserVectors(policy, users), "memory"), erased);
        UserVectors inRedis = new RedisUserVectors(redis, bulkheads.redisBreaker(), writer);
        UserVectors slow = new TieredUserVectors(counted(inRedis, "redis"), counted(stored, "milvus"));
        beyond = new UnlessErased(new UnknownUsers(slow, users, UNKNOWN), erased);
        vectors = new TieredUserVectors(memory, beyond);
        model = new ServedModel(
                dimension,
                () -> new ItemIndex(
                        slots,
                        metric,
                        dimension,
                        (float) config.recommendation().indexRecall(),
                        upkeep,
                        config.recommendation().indexMemory(),
                        popular::level),
                vectors,
                learned);
    }

    private UserVectors counted(UserVectors tier, String name) {
        return new CountedUserVectors(tier, name, metrics);
    }

    ServedModel model() {
        return model;
    }

    /** Of whom no tier says anything. */
    ErasedUsers erased() {
        return erased;
    }

    /** Of users: all tiers as one. */
    UserVectors vectors() {
        return vectors;
    }

    UserVectors memory() {
        return memory;
    }

    /** Of users: all tiers but memory. */
    UserVectors beyond() {
        return beyond;
    }

    /** Asked for what memory does not hold of the items. */
    BeyondMemory itemsBeyondMemory() {
        return itemsBeyondMemory;
    }

    StoredVectors stored() {
        return stored;
    }

    /** Finished lists of this instance. */
    FinishedLists lists() {
        return lists;
    }

    /** Finished lists of all instances. */
    SharedLists sharedLists() {
        return sharedLists;
    }

    Finished finished() {
        return new Finished(
                lists, sharedLists, bulkheads.shared(), CountedUserVectors.counter("memory", "hit", metrics));
    }

    /** To be run again and again. */
    RedisWriter writer() {
        return writer;
    }

    @Override
    public void close() {
        redis.close();
        model.close();
        upkeep.shutdownNow();
    }
}
