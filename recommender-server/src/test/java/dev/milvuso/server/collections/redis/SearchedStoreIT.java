package dev.milvuso.server.collections.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.EmbeddedRedis;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that share a store and a real Redis. */
final class SearchedStoreIT {
    @TempDir
    Path directory = Path.of("");

    private final EmbeddedVectorStore embedded = EmbeddedVectorStore.inMemory();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private EmbeddedRedis redis = new EmbeddedRedis(EmbeddedServices.binaries(), directory, 0);

    @BeforeEach
    void start() {
        redis = new EmbeddedRedis(EmbeddedServices.binaries(), directory, 0);
        redis.start();
        for (String name : List.of("films", "milvuso_items")) {
            embedded.create(new CollectionSchema(name, 2, Metric.EUCLIDEAN, List.of()));
            embedded.insert(name, List.of(film("a", 1)));
        }
    }

    @AfterEach
    void stop() {
        redis.close();
        embedded.close();
    }

    private static Entity film(String id, float place) {
        return new Entity(id, new float[] {place, 0}, Map.of());
    }

    private SearchedStore server(String... settings) {
        String[] all = Stream.concat(
                        Stream.of("redis.port=" + redis.port(), "redis.timeout=5s", "server.slow_search=10m"),
                        Stream.of(settings))
                .toArray(String[]::new);
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), List.of(all));
        return new SearchedStore(config, embedded, Clock.systemUTC(), metrics);
    }

    private static List<String> found(VectorStore store, String collection) {
        return store.search(collection, SearchRequest.of(Vector.of(0, 0)).k(10).build()).stream()
                .map(Hit::id)
                .toList();
    }

    private double count(String result) {
        return metrics.counter("milvuso.cache.requests", "tier", "search", "result", result)
                .count();
    }

    @Test
    void anAnswerIsSharedUntilEitherServerWrites() {
        try (SearchedStore one = server("server.search_cache=true");
                SearchedStore other = server("server.search_cache=true")) {
            assertThat(found(one.store(), "films")).containsExactly("a");
            assertThat(found(other.store(), "films")).containsExactly("a");
            assertThat(count("miss")).isEqualTo(1);
            assertThat(count("hit")).isEqualTo(1);
            one.store().upsert("films", List.of(film("b", 0)));
            assertThat(found(other.store(), "films")).containsExactly("b", "a");
            other.store().delete("films", List.of("a"));
            assertThat(found(one.store(), "films")).containsExactly("b");
        }
    }

    @Test
    void whatTheTrainerWritesIsNeverKept() {
        try (SearchedStore one = server("server.search_cache=true")) {
            assertThat(found(one.store(), "milvuso_items")).containsExactly("a");
            embedded.upsert("milvuso_items", List.of(film("b", 0)));
            assertThat(found(one.store(), "milvuso_items")).containsExactly("b", "a");
            assertThat(count("hit") + count("miss")).isZero();
        }
    }

    @Test
    void withoutRedisSearchesAreAnsweredByTheStoreAsQuickly() {
        try (SearchedStore one = server("server.search_cache=true")) {
            assertThat(found(one.store(), "films")).containsExactly("a");
            redis.close();
            embedded.upsert("films", List.of(film("b", 0)));
            assertThat(found(one.store(), "films")).containsExactly("b", "a");
            long begin = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                assertThat(found(one.store(), "films")).containsExactly("b", "a");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
            one.store().upsert("films", List.of(film("c", -0.5f)));
            assertThat(found(one.store(), "films")).containsExactly("b", "c", "a");
            assertThat(count("error")).isPositive();
        }
    }

    @Test
    void slowSearchesAreCountedAndNothingIsKeptUnlessConfigured() {
        try (SearchedStore one = server("server.slow_search=1ms")) {
            VectorStore store = one.store();
            store.upsert(
                    "films",
                    IntStream.range(0, 16_000).mapToObj(i -> film("f" + i, i)).toList());
            await().until(() -> {
                var unused = store.search(
                        "films", SearchRequest.of(Vector.of(0, 0)).k(10_000).build());
                return metrics.counter("milvuso.search.slow").count() > 0;
            });
            assertThat(count("hit") + count("miss") + count("error")).isZero();
        }
    }
}
