package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.vector.SwitchedStore;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreferencesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SwitchedStore store = TrainedStore.empty();
    private ServerFixture server;
    private ServerFixture other;

    @BeforeAll
    void start(EmbeddedServices services) {
        List<String> settings = ServerFixture.settings(services, "preferences");
        server = new ServerFixture(store, settings).start();
        other = new ServerFixture(store, settings).start();
        await().atMost(PATIENCE)
                .until(() -> server.get("/health/ready").statusCode() == 200
                        && other.get("/health/ready").statusCode() == 200);
        for (String item : List.of("a-rock", "b-rock", "c-rock", "d-rock", "x-jazz", "y-jazz", "z-jazz")) {
            String body = "{\"item_id\":\"" + item + "\",\"category\":\"" + item.substring(2) + "\",\"tags\":[\""
                    + item.charAt(0) + "\"]}";
            assertThat(server.send("POST", "/items", body).statusCode()).isEqualTo(201);
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(list(other, "warm-up")).hasSize(4).isEqualTo(list(server, "warm-up")));
    }

    @AfterAll
    void stop() {
        other.close();
        server.close();
        store.close();
    }

    private static List<String> list(ServerFixture from, String user) throws Exception {
        return ServerFixture.items(from.json("/recommendations/" + user + "?num_recommendations=4"));
    }

    private int state(String user, String body) {
        return server.send("POST", "/users/" + user + "/preferences", body.replace('\'', '"'))
                .statusCode();
    }

    @Test
    void whatIsStatedAtSignUpIsInTheNextListHereAndSoonElsewhere() throws Exception {
        assertThat(list(server, "anna")).containsExactly("a-rock", "b-rock", "c-rock", "d-rock");
        assertThat(state("anna", "{'categories': ['jazz']}")).isEqualTo(202);
        assertThat(list(server, "anna")).containsExactly("x-jazz", "y-jazz", "a-rock", "b-rock");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(list(other, "anna")).containsExactly("x-jazz", "y-jazz", "a-rock", "b-rock"));
    }

    @Test
    void itemsThatWereNamedThemselvesAreKnownAndNotShownAgain() throws Exception {
        assertThat(state("bert", "{'items': ['x-jazz'], 'tags': ['a']}")).isEqualTo(202);
        assertThat(list(server, "bert")).doesNotContain("x-jazz").contains("a-rock", "y-jazz");
    }

    /** As the feature worker writes it. */
    private void onRecord(String user, String item, String type) {
        int unused = server.database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into user_item" + " values (?, ?, now() - interval '1 day', ?) on conflict do nothing")) {
                insert.setString(1, user);
                insert.setString(2, item);
                insert.setString(3, type);
                return insert.executeUpdate();
            }
        });
    }

    @Test
    void whatIsOnRecordOfAUserWhomMemoryDoesNotKnowIsLeftOutAndGoneBy() throws Exception {
        onRecord("dora", "x-jazz", "Like");
        onRecord("emil", "x-jazz", "Dislike");
        assertThat(list(other, "dora")).containsExactly("y-jazz", "z-jazz", "a-rock", "b-rock");
        assertThat(list(other, "emil")).containsExactly("a-rock", "b-rock", "c-rock", "d-rock");
        assertThat(other.json("/users/dora/actions")
                        .get("actions")
                        .get(0)
                        .get("action_type")
                        .textValue())
                .isEqualTo("Like");
    }

    @Test
    void whatNamesNothingIsRefused() {
        assertThat(state("carl", "{}")).isEqualTo(400);
        assertThat(state("carl", "{'categories': []}")).isEqualTo(400);
        assertThat(state("carl", "{'categories': ['nowhere']}")).isEqualTo(400);
        assertThat(state("carl", "{'categories': 7}")).isEqualTo(400);
        assertThat(state("carl", "{'items': ['a b']}")).isEqualTo(400);
        assertThat(state("carl", "{'likes': ['jazz']}")).isEqualTo(400);
        assertThat(state("carl", "[]")).isEqualTo(400);
    }
}
