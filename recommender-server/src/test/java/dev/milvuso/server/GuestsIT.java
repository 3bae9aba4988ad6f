package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.action.Action;
import dev.milvuso.action.UserEvent;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.server.sync.kafka.Start;
import dev.milvuso.server.sync.kafka.TopicFollower;
import dev.milvuso.vector.SwitchedStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuestsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SwitchedStore store = TrainedStore.empty();
    private final List<UserEvent> logged = new CopyOnWriteArrayList<>();
    private ServerFixture server;
    private ServerFixture other;
    private TopicFollower<UserEvent> log;

    @BeforeAll
    void start(EmbeddedServices services) {
        List<String> settings = ServerFixture.settings(services, "guests");
        server = new ServerFixture(store, settings).start();
        other = new ServerFixture(store, settings).start();
        log = new TopicFollower<>(
                () -> new KafkaClients(server.config.kafka()).consumer("test"),
                server.config.topics().userActions(),
                Start.earliest(),
                logged::add,
                record -> false,
                (reader, malformed, reason) -> {});
        log.start();
        await().atMost(PATIENCE)
                .until(() -> server.get("/health/ready").statusCode() == 200
                        && other.get("/health/ready").statusCode() == 200);
    }

    @AfterAll
    void stop() {
        log.close();
        other.close();
        server.close();
        store.close();
    }

    private JsonNode merge(String guest, String account) throws Exception {
        var answer = server.send("POST", "/users/" + account + "/merge", "{\"from\": \"" + guest + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private List<String> eventsOf(String user) {
        return logged.stream()
                .filter(event -> event instanceof Action action
                        && action.userId().value().equals(user))
                .map(event -> ((Action) event).eventId().value())
                .distinct()
                .toList();
    }

    @Test
    void theGuestsHistoryIsTheAccountsAtOnceHereAndSoonElsewhereHoweverOftenItIsMerged() throws Exception {
        for (String item : List.of("seen-1", "seen-2", "other")) {
            assertThat(server.send("POST", "/items", "{\"item_id\":\"" + item + "\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
        assertThat(server.act("session", "seen-1")).isEqualTo(202);
        assertThat(server.act("session", "seen-2")).isEqualTo(202);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ServerFixture.items(server.recommendations("account")))
                        .containsExactlyInAnyOrder("seen-1", "seen-2", "other"));
        assertThat(merge("session", "account").get("merged_actions").intValue()).isEqualTo(2);
        assertThat(ServerFixture.items(server.recommendations("account"))).containsExactly("other");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ServerFixture.items(other.recommendations("account")))
                        .containsExactly("other"));
        assertThat(merge("session", "account").get("merged_actions").intValue()).isEqualTo(2);
        await().atMost(PATIENCE)
                .until(() -> logged.stream()
                                .filter(event -> event instanceof Action action
                                        && action.userId().value().equals("account"))
                                .count()
                        == 4);
        assertThat(eventsOf("account")).hasSize(2).doesNotContainAnyElementsOf(eventsOf("session"));
    }

    @Test
    void aGuestWhoNeverCameIsMergedWithoutATrace() throws Exception {
        assertThat(merge("nobody", "somebody").get("merged_actions").intValue()).isZero();
    }

    @Test
    void wrongMergesAreRefused() {
        assertThat(server.send("POST", "/users/a/merge", "{\"from\": \"a\"}").statusCode())
                .isEqualTo(400);
        assertThat(server.send("POST", "/users/a/merge", "{}").statusCode()).isEqualTo(400);
        assertThat(server.send("POST", "/users/a/merge", "{\"from\": \"b\", \"to\": \"c\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.send("POST", "/users/a/merge", "[{\"from\": \"b\"}]").statusCode())
                .isEqualTo(400);
        assertThat(server.send("POST", "/users/a/merge", "{\"from\": \"b c\"}").statusCode())
                .isEqualTo(400);
    }
}
