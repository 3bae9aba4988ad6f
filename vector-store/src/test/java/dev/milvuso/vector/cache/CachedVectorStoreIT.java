package dev.milvuso.vector.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.embedded.EmbeddedRedis;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Explanation;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.cache.redis.RedisResults;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.tenant.Tenancy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** Searches through a real Redis, which is taken away and comes back. */
final class CachedVectorStoreIT {
    @TempDir
    java.nio.file.Path directory = java.nio.file.Path.of("");

    private final EmbeddedVectorStore embedded = EmbeddedVectorStore.inMemory();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong millis = new AtomicLong();
    private EmbeddedRedis server = new EmbeddedRedis(EmbeddedServices.binaries(), directory, 0);
    private RedisClient redis = RedisClient.create("redis://127.0.0.1:1");

    @BeforeEach
    void start() {
        server = new EmbeddedRedis(EmbeddedServices.binaries(), directory, 0);
        server.start();
        redis = RedisClient.create("redis://127.0.0.1:" + server.port());
        embedded.create(
                new CollectionSchema("items", 2, Metric.EUCLIDEAN, List.of(new Field("text", Field.Type.TEXT))));
        embedded.insert("items", List.of(row("a", 1), row("b", 2)));
    }

    @AfterEach
    void stop() {
        redis.close();
        server.close();
        embedded.close();
    }

    private static Entity row(String id, float place) {
        return new Entity(id, new float[] {place, 0}, Map.of("text", id));
    }

    /** One of several processes that share the store and Redis. */
    private VectorStore process(Duration timeToLive, Duration settle) {
        VectorStore counted = new ForwardingVectorStore(embedded) {
            @Override
            public List<List<Hit>> searchAll(String collection, SearchRequest request) {
                asked.incrementAndGet();
                return embedded.searchAll(collection, request);
            }
        };
        RedisResults results =
                new RedisResults(redis, "test", timeToLive, settle, () -> Instant.ofEpochMilli(millis.get()));
        return new CachedVectorStore(counted, results, other -> results, () -> Instant.ofEpochMilli(millis.get()));
    }

    private VectorStore process() {
        return process(Duration.ofMinutes(1), Duration.ZERO);
    }

    private static SearchRequest request() {
        return SearchRequest.of(Vector.of(0, 0)).k(5).output(Output.ALL).build();
    }

    private List<String> found(VectorStore process, String collection, int searches) {
        int before = asked.get();
        List<Hit> hits = process.search(collection, request());
        assertThat(hits).isEqualTo(embedded.search(collection, request()));
        assertThat(asked.get() - before).as("searches of the store").isEqualTo(searches);
        return hits.stream().map(Hit::id).toList();
    }

    @Test
    void whatWasFoundIsFoundAgainInAnyProcess() {
        assertThat(found(process(), "items", 1)).containsExactly("a", "b");
        assertThat(found(process(), "items", 0)).containsExactly("a", "b");
        assertThat(process().search("items", SearchRequest.nearest(new float[] {0, 0}, 1)))
                .hasSize(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void anExplanationSaysWhetherTheAnswerCameFromTheCache() {
        VectorStore store = process();
        Explanation first = store.explain("items", request());
        assertThat(first.fromCache()).isFalse();
        assertThat(first.stages()).containsKey("search").doesNotContainKey("cache");
        Explanation again = process().explain("items", request());
        assertThat(again.fromCache()).isTrue();
        assertThat(again.stages()).containsKey("cache").doesNotContainKey("search");
        assertThat(again.hits()).isEqualTo(first.hits());
        assertThat(again.engine()).isPresent();
        assertThat(asked).hasValue(1);
        try (VectorStore tenant = Tenancy.FIELD.view(store, "me")) {
            tenant.create(new CollectionSchema("mine", 2, Metric.EUCLIDEAN, List.of()));
            SearchRequest nearest = SearchRequest.nearest(new float[] {0, 0}, 1);
            assertThat(tenant.explain("mine", nearest).fromCache()).isFalse();
            assertThat(tenant.explain("mine", nearest).fromCache()).isTrue();
        }
        store.upsert("items", List.of(row("c", 3)));
        assertThat(store.explain("items", request()).fromCache()).isFalse();
    }

    @Test
    void afterEachKindOfWriteTheStoreIsAsked() {
        VectorStore writer = process();
        VectorStore reader = process();
        found(reader, "items", 1);
        List<Runnable> writes = List.of(
                () -> writer.upsert("items", List.of(row("c", 3))),
                () -> writer.insert("items", List.of(row("d", 4))),
                () -> writer.deleteKeys("items", List.of(Id.of("a"))),
                () -> writer.deleteWhere("items", Path.of("id").is("b")),
                () -> writer.truncate("items"),
                () -> writer.createPartition("items", "p"),
                () -> writer.dropPartition("items", "p"));
        for (Runnable write : writes) {
            write.run();
            found(reader, "items", 1);
            found(writer, "items", 0);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.upsert("items", List.of(Entity.of(Id.of("no vector")))));
        found(reader, "items", 1);
    }

    @Test
    void anAliasIsFollowed() {
        VectorStore writer = process();
        VectorStore reader = process();
        writer.createAlias("shown", "items");
        found(reader, "shown", 1);
        found(reader, "items", 0);
        writer.upsert("items", List.of(row("c", 3)));
        assertThat(found(reader, "shown", 1)).containsExactly("a", "b", "c");
        writer.upsert("shown", List.of(row("d", 4)));
        assertThat(found(reader, "items", 1)).contains("d");
        writer.create(embedded.describe("items").orElseThrow().renamed("others"));
        writer.alterAlias("shown", "others");
        millis.addAndGet(1000);
        assertThat(found(reader, "shown", 1)).isEmpty();
        assertThat(found(writer, "shown", 0)).isEmpty();
    }

    @Test
    void aResultIsKeptForItsTimeAndNoLonger() {
        VectorStore process = process(Duration.ofMillis(300), Duration.ZERO);
        found(process, "items", 1);
        Awaitility.await().pollInterval(Duration.ofMillis(100)).untilAsserted(() -> found(process, "items", 1));
        Awaitility.await().untilAsserted(() -> assertThat(redis.dbSize()).isLessThanOrEqualTo(2));
    }

    @Test
    void whileAWriteSettlesNothingIsKept() {
        VectorStore process = process(Duration.ofMinutes(1), Duration.ofSeconds(5));
        process.upsert("items", List.of(row("c", 3)));
        found(process, "items", 1);
        found(process, "items", 1);
        Awaitility.await().untilAsserted(() -> found(process, "items", 0));
    }

    @Test
    void withoutRedisTheStoreIsAskedAndAWriteIsToldLater() {
        VectorStore writer = process();
        found(writer, "items", 1);
        server.close();
        writer.upsert("items", List.of(row("c", 3)));
        assertThat(found(writer, "items", 1)).containsExactly("a", "b", "c");
        server.start();
        found(writer, "items", 1);
        millis.addAndGet(1000);
        assertThat(found(writer, "items", 1)).containsExactly("a", "b", "c");
        assertThat(found(process(), "items", 0)).containsExactly("a", "b", "c");
    }

    @Test
    void whatRedisLosesOrGarblesIsFoundAnew() {
        VectorStore process = process();
        found(process, "items", 1);
        redis.del("milvuso:search:test:items:state");
        found(process, "items", 1);
        for (String key : redis.keys("milvuso:search:test:*")) {
            if (!key.endsWith("state")) {
                redis.set(key.getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});
            }
        }
        found(process, "items", 1);
        redis.set("milvuso:search:test:items:state", "x");
        redis.del("milvuso:search:test:items:settling");
        redis.lpush("milvuso:search:test:items:settling", "not a text");
        found(process, "items", 1);
    }
}
