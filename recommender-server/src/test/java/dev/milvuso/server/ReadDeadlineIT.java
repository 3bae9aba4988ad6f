package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.vector.SwitchedStore;
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

/** A server whose stores answer, but later than it waits for them, which is far less than a request may take. */
@ExtendWith(SharedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadDeadlineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration READ_DEADLINE = Duration.ofMillis(300);
    private static final Duration LATE = Duration.ofSeconds(2);

    /** Each of several round trips; a question of a second is none that PostgreSQL has failed to answer. */
    private static final Duration LATE_ROW = Duration.ofMillis(700);

    private static final int MANY = 30;

    private final SwitchedStore store = TrainedStore.empty();
    private SlowToAnswer postgres;
    private ServerFixture server;

    @BeforeAll
    void start(EmbeddedServices services) throws Exception {
        String url = services.postgres().url();
        int port = Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
        postgres = new SlowToAnswer(port, 0);
        List<String> settings = ServerFixture.settings(
                services,
                "read_deadline",
                "server.request_deadline=60s",
                "redis.timeout=500ms",
                "milvus.read_deadline=" + READ_DEADLINE.toMillis() + "ms",
                "postgres.read_deadline=" + READ_DEADLINE.toMillis() + "ms",
                "postgres.url=" + url.replace(":" + port + "/", ":" + postgres.port() + "/")
                        + "?currentSchema=read_deadline");
        server = new ServerFixture(store, settings).start();
        server.send("POST", "/items", "[{\"item_id\":\"a\"},{\"item_id\":\"b\"}]");
        server.publish(ServerFixture.item("a", 2, 0), ServerFixture.item("b", 1, 0), ServerFixture.activation());
        await().atMost(PATIENCE).until(this::isWell);
    }

    private boolean isWell() throws Exception {
        return server.get("/health/ready").statusCode() == 200
                && server.json("/health").get("status").textValue().equals("UP")
                && server.json("/popular").get("recommendations").size() == 2
                && server.recommendations(stored()).get("tier").textValue().equals("milvus");
    }

    @AfterEach
    void allIsWellAgain() {
        store.comeBack();
        postgres.delay(Duration.ZERO);
        await().atMost(PATIENCE).until(this::isWell);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        postgres.close();
        store.close();
    }

    /** A user whom the vector store alone knows. */
    private String stored() {
        String user = "user-" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        TrainedStore.user(store, user, 1, 0);
        return user;
    }

    private void awaitHealth(String name, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.json("/health")
                                .at("/components/" + name + "/status")
                                .textValue())
                        .isEqualTo(status));
    }

    @Test
    void aVectorStoreThatAnswersLateIsNotWaitedForAndSoonNotAskedAnyMore() throws Exception {
        List<String> users = Stream.generate(this::stored).limit(MANY).toList();
        store.delay(LATE);
        long asked = store.gets();
        for (String user : users) {
            JsonNode list = server.recommendations(user);
            assertThat(list.get("degraded").toString()).isEqualTo("[\"milvus\"]");
            assertThat(list.get("tier").textValue()).isEqualTo("fallback");
        }
        assertThat(store.gets() - asked).isBetween(1L, MANY / 3L);
        awaitHealth("milvus", "DEGRADED");
    }

    @Test
    void aPostgresThatAnswersLateIsNotWaitedFor() throws Exception {
        postgres.delay(LATE_ROW);
        for (int i = 0; i < MANY; i++) {
            JsonNode list = server.recommendations(stored());
            assertThat(list.get("degraded").toString()).isEqualTo("[\"postgres\"]");
            assertThat(ServerFixture.items(list)).containsExactly("a", "b");
        }
        awaitHealth("postgres", "DEGRADED");
    }
}
