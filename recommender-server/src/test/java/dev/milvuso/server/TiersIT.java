package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.vector.SwitchedStore;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** Two instances on the same services, whose memory holds a hundred users. */
@ExtendWith(SharedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TiersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The deadline of two seconds, and what a busy machine adds. */
    private static final Duration IN_TIME = Duration.ofSeconds(5);

    private final SwitchedStore store = TrainedStore.empty();
    private EmbeddedServices services;
    private ServerFixture one;
    private ServerFixture other;

    @BeforeAll
    void start(EmbeddedServices services) {
        this.services = services;
        List<String> settings = ServerFixture.settings(
                services, "tiers", "recommendation.cached_users=100", "server.request_deadline=2s");
        one = new ServerFixture(store, settings).start();
        other = new ServerFixture(store, settings).start();
        assertThat(one.send("POST", "/items", "[{\"item_id\":\"a\"},{\"item_id\":\"b\"},{\"item_id\":\"c\"}]")
                        .statusCode())
                .isEqualTo(201);
        one.publish(
                ServerFixture.item("a", 3, 0),
                ServerFixture.item("b", 2, 0),
                ServerFixture.item("c", 1, 0),
                ServerFixture.activation());
        await().atMost(PATIENCE).until(() -> isUp(one) && isUp(other));
    }

    private static boolean isUp(ServerFixture server) throws Exception {
        return server.get("/health").statusCode() == 200
                && server.json("/health").get("status").textValue().equals("UP")
                && server.get("/health/ready").statusCode() == 200
                && server.json("/popular").get("recommendations").size() == 3;
    }

    @AfterEach
    void allIsWellAgain() {
        await().atMost(PATIENCE).until(() -> isUp(one) && isUp(other));
    }

    @AfterAll
    void stop() {
        one.close();
        other.close();
        store.close();
    }

    private static String someone() {
        return "user-" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    }

    @Test
    void anActionIsKnownToTheInstanceAtOnceAndToTheOtherSoon() throws Exception {
        String user = someone();
        one.publish(ServerFixture.user(user, 1, 1, 0));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(ServerFixture.items(one.recommendations(user))).containsExactly("a", "b", "c");
            assertThat(ServerFixture.items(other.recommendations(user))).containsExactly("a", "b", "c");
        });
        assertThat(one.act(user, "a")).isEqualTo(202);
        assertThat(ServerFixture.items(one.recommendations(user))).containsExactly("b", "c");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ServerFixture.items(other.recommendations(user)))
                        .containsExactly("b", "c"));
    }

    /** Whether the instance serves what it has kept: a list that is made anew is as old as the request. */
    private static boolean isKept(ServerFixture server, String user) throws Exception {
        JsonNode list = server.recommendations(user);
        return ServerFixture.items(list).equals(List.of("a", "b", "c"))
                && list.get("age_s").doubleValue() > 1
                && list.get("tier").textValue().equals("memory");
    }

    @Test
    void aListThatInstancesHaveKeptIsServedByNoneAfterAnActionAtOneOfThem() throws Exception {
        String user = someone();
        one.publish(ServerFixture.user(user, 1, 1, 0));
        await().atMost(PATIENCE).until(() -> isKept(one, user) && isKept(other, user));
        assertThat(one.act(user, "b")).isEqualTo(202);
        assertThat(ServerFixture.items(one.recommendations(user))).containsExactly("a", "c");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ServerFixture.items(other.recommendations(user)))
                        .containsExactly("a", "c"));
        // Nor is one that lies in Redis: whoever starts now knows nothing but that.
        List<String> settings = ServerFixture.settings(services, "tiers");
        try (ServerFixture third = new ServerFixture(store, settings).start()) {
            await().atMost(PATIENCE).until(() -> isUp(third));
            assertThat(ServerFixture.items(third.recommendations(user))).containsExactly("a", "c");
        }
    }

    @Test
    void whatMemoryCannotHoldIsHadFromRedis() throws Exception {
        List<String> users = Stream.generate(TiersIT::someone).limit(300).toList();
        one.publish(
                users.stream().map(user -> ServerFixture.user(user, 1, 1, 0)).toArray(EmbeddingRecord[]::new));
        await().atMost(PATIENCE).until(() -> inRedis("milvuso:user:v1:" + users.get(299)));
        double hits = one.metric("milvuso_cache_requests_total", "result=\"hit\",tier=\"redis\"");
        int fromRedis = 0;
        for (String user : users) {
            fromRedis += one.recommendations(user).get("tier").textValue().equals("redis") ? 1 : 0;
        }
        assertThat(fromRedis).isGreaterThan(150);
        assertThat(one.metric("milvuso_cache_requests_total", "result=\"hit\",tier=\"redis\"") - hits)
                .isEqualTo(fromRedis);
    }

    private boolean inRedis(String key) {
        try (Jedis redis = new Jedis("127.0.0.1", services.redis().port())) {
            return redis.exists(key);
        }
    }

    @Test
    void whoIsOnlyInTheVectorStoreIsFoundThereAndThenInTheCaches() throws Exception {
        String user = someone();
        TrainedStore.user(store, user, 1, 0);
        double misses = one.metric("milvuso_cache_requests_total", "result=\"miss\",tier=\"redis\"");
        assertThat(one.recommendations(user).get("tier").textValue()).isEqualTo("milvus");
        assertThat(one.metric("milvuso_cache_requests_total", "result=\"miss\",tier=\"redis\""))
                .isEqualTo(misses + 1);
        assertThat(one.recommendations(user).get("tier").textValue()).isEqualTo("memory");
        await().atMost(PATIENCE).until(() -> inRedis("milvuso:lists:" + user));
        JsonNode shared = other.recommendations(user);
        assertThat(shared.get("tier").textValue()).isEqualTo("redis");
        assertThat(ServerFixture.items(shared)).containsExactly("a", "b", "c");
        JsonNode explained = other.json("/recommendations/" + user + "?explain=true");
        assertThat(explained.has("filtered")).isTrue();
        assertThat(explained.at("/recommendations/0").has("parts")).isTrue();
        assertThat(other.act(user, "b")).isEqualTo(202);
        assertThat(ServerFixture.items(other.recommendations(user))).containsExactly("a", "c");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ServerFixture.items(one.recommendations(user)))
                        .containsExactly("a", "c"));
    }

    @Test
    void withoutRedisTheOthersAnswer() throws Exception {
        services.redis().close();
        try {
            String user = someone();
            TrainedStore.user(store, user, 1, 0);
            JsonNode answer = inTime(one, user);
            assertThat(answer.get("tier").textValue()).isEqualTo("milvus");
            assertThat(answer.get("degraded").toString()).isEqualTo("[\"redis\"]");
            await().atMost(PATIENCE).until(() -> isDegraded("redis"));
        } finally {
            services.redis().start();
        }
        String later = someone();
        one.publish(ServerFixture.user(later, 1, 1, 0));
        await().atMost(PATIENCE).until(() -> inRedis("milvuso:user:v1:" + later));
    }

    @Test
    void aRedisThatHangsCostsNoMoreThanTheDeadline() throws Exception {
        ChildProcesses.freeze("redis-server");
        try {
            for (int i = 0; i < 20; i++) {
                String user = someone();
                TrainedStore.user(store, user, 1, 0);
                assertThat(inTime(one, user).get("degraded").toString()).contains("redis");
            }
        } finally {
            ChildProcesses.thaw("redis-server");
        }
    }

    @Test
    void withoutPostgresListsAreServedAndOnlyTheCatalogueCannotBeWritten() throws Exception {
        services.postgres().close();
        try {
            String user = someone();
            TrainedStore.user(store, user, 1, 0);
            JsonNode answer = inTime(one, user);
            assertThat(ServerFixture.items(answer)).containsExactly("a", "b", "c");
            assertThat(answer.get("degraded").toString()).isEqualTo("[\"postgres\"]");
            assertThat(one.act(user, "a")).isEqualTo(202);
            assertThat(ServerFixture.items(inTime(one, user))).containsExactly("b", "c");
            HttpResponse<String> refused = one.send("POST", "/items", "{\"item_id\":\"d\"}");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            await().atMost(PATIENCE).until(() -> isDegraded("postgres"));
        } finally {
            services.postgres().start();
        }
    }

    @Test
    void aPostgresThatHangsCostsNoMoreThanTheDeadline() throws Exception {
        ChildProcesses.freeze("bin/postgres");
        try {
            for (int i = 0; i < 20; i++) {
                JsonNode answer = inTime(one, someone());
                assertThat(ServerFixture.items(answer)).containsExactly("a", "b", "c");
                assertThat(answer.get("degraded").toString()).contains("postgres");
            }
            long begin = System.nanoTime();
            assertThat(one.send("POST", "/items", "{\"item_id\":\"d\"}").statusCode())
                    .isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        } finally {
            ChildProcesses.thaw("bin/postgres");
        }
    }

    @Test
    void withoutTheVectorStoreThoseInMemoryAreServedAndTheOthersGetWhatIsPopular() throws Exception {
        String known = someone();
        one.publish(ServerFixture.user(known, 1, 1, 0));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(one.recommendations(known).toString()).contains("\"tier\":\"memory\""));
        store.goAway();
        try {
            assertThat(inTime(one, known).get("tier").textValue()).isEqualTo("memory");
            JsonNode answer = inTime(one, someone());
            assertThat(answer.get("tier").textValue()).isEqualTo("fallback");
            assertThat(answer.get("degraded").toString()).isEqualTo("[\"milvus\"]");
            assertThat(ServerFixture.items(answer)).containsExactlyInAnyOrder("a", "b", "c");
            await().atMost(PATIENCE).until(() -> isDegraded("milvus"));
        } finally {
            store.comeBack();
        }
    }

    @Test
    void aVectorStoreThatHangsCostsNoMoreThanTheDeadline() throws Exception {
        store.hang();
        try {
            for (int i = 0; i < 20; i++) {
                assertThat(inTime(one, someone()).get("degraded").toString()).contains("milvus");
            }
        } finally {
            store.comeBack();
        }
    }

    private static JsonNode inTime(ServerFixture server, String user) throws Exception {
        long begin = System.nanoTime();
        JsonNode answer = server.recommendations(user);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(IN_TIME);
        return answer;
    }

    private boolean isDegraded(String name) throws Exception {
        JsonNode health = one.json("/health");
        return health.get("status").textValue().equals("DEGRADED")
                && health.at("/components/" + name + "/status").textValue().equals("DOWN")
                && one.metric("milvuso_dependency_up", "name=\"" + name) == 0
                && one.get("/health/ready").statusCode() == 200;
    }
}
