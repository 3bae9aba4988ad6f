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
    /** So late that nobody takes it for an answer in time, however long they did not get to look. */
    private static final Duration LATE = Duration.ofSeconds(10);

    /** Each of several round trips; a question of a second is none that PostgreSQL has failed to answer. */
    private static final Duration LATE_ROW = Duration.ofMillis(700);

    private static final int MANY = 30;

    private final SwitchedStore store = TrainedStore.empty();
    private EmbeddedServices services;
    private SlowToAnswer postgres;

    @BeforeAll
    void comeBetween(EmbeddedServices services) throws Exception {
        this.services = services;
        postgres = new SlowToAnswer(port(), 0);
    }

    private int port() {
        return Integer.parseInt(services.postgres().url().replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    /** @param store that is not waited for; a busy machine may take as long to hear of the others */
    private ServerFixture server(String store) {
        String url = services.postgres().url().replace(":" + port() + "/", ":" + postgres.port() + "/");
        List<String> settings = ServerFixture.settings(
                services,
                "read_deadline",
                "server.request_deadline=60s",
                store + ".read_deadline=" + READ_DEADLINE.toMillis() + "ms",
                "postgres.url=" + url + "?currentSchema=read_deadline");
        ServerFixture server = new ServerFixture(this.store, settings).start();
        server.send("POST", "/items", "[{\"item_id\":\"a\"},{\"item_id\":\"b\"}]");
        server.publish(ServerFixture.item("a", 2, 0), ServerFixture.item("b", 1, 0), ServerFixture.activation());
        await().atMost(PATIENCE).until(() -> isWell(server));
        return server;
    }

    private boolean isWell(ServerFixture server) throws Exception {
        return server.get("/health/ready").statusCode() == 200
                && server.json("/health").get("status").textValue().equals("UP")
                && server.json("/popular").get("recommendations").size() == 2
                && server.recommendations(stored()).get("tier").textValue().equals("milvus");
    }

    @AfterEach
    void comeBack() {
        store.comeBack();
        postgres.delay(Duration.ZERO);
    }

    private void allIsWellAgain(ServerFixture server) {
        comeBack();
        await().atMost(PATIENCE).until(() -> isWell(server));
    }

    @AfterAll
    void stop() throws Exception {
        postgres.close();
        store.close();
    }

    /** A user whom the vector store alone knows. */
    private String stored() {
        String user = "user-" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        TrainedStore.user(store, user, 1, 0);
        return user;
    }

    private static void awaitHealth(ServerFixture server, String name, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.json("/health")
                                .at("/components/" + name + "/status")
                                .textValue())
                        .isEqualTo(status));
    }

    @Test
    void aVectorStoreThatAnswersLateIsNotWaitedForAndSoonNotAskedAnyMore() throws Exception {
        try (ServerFixture server = server("milvus")) {
            List<String> users = Stream.generate(this::stored).limit(MANY).toList();
            store.delay(LATE);
            long asked = store.gets();
            for (String user : users) {
                JsonNode list = server.recommendations(user);
                assertThat(list.get("degraded").toString()).isEqualTo("[\"milvus\"]");
                assertThat(list.get("tier").textValue()).isEqualTo("fallback");
            }
            assertThat(store.gets() - asked).isBetween(1L, MANY / 3L);
            awaitHealth(server, "milvus", "DEGRADED");
            allIsWellAgain(server);
        }
    }

    @Test
    void aPostgresThatAnswersLateIsNotWaitedFor() throws Exception {
        try (ServerFixture server = server("postgres")) {
            postgres.delay(LATE_ROW);
            for (int i = 0; i < MANY; i++) {
                JsonNode list = server.recommendations(stored());
                assertThat(list.get("degraded").toString()).isEqualTo("[\"postgres\"]");
                assertThat(ServerFixture.items(list)).containsExactly("a", "b");
            }
            awaitHealth(server, "postgres", "DEGRADED");
            allIsWellAgain(server);
        }
    }
}
