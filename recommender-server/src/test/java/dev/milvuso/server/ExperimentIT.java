package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.embedded.EmbeddedServices;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Experiments on two instances with one PostgreSQL. */
@ExtendWith(SharedServices.class)
class ExperimentIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String AB =
            "{\"name\":\"ab\",\"share\":0.6,\"variants\":[{\"name\":\"a\"},{\"name\":\"b\",\"overrides\":"
                    + "{\"recommendation.similarity_threshold\":\"1\"}}]}";

    @Test
    void everyInstanceFollowsAndResultsAddUp(EmbeddedServices services) throws Exception {
        List<String> settings = ServerFixture.settings(services, "experiment", "quality.outcome_window=1s");
        try (ServerFixture one = new ServerFixture(TrainedStore.empty(), settings).start();
                ServerFixture other = new ServerFixture(TrainedStore.empty(), settings).start()) {
            items(one, other);
            status(one, "POST", "/experiments", AB, 201);
            status(one, "POST", "/experiments/ab/start", "", 200);
            String user = "u" + taking(one, "a");
            await().atMost(SOON).until(() -> other.recommendations(user).has("variants"));
            JsonNode list = other.recommendations(user);
            assertThat(list.at("/variants/ab").textValue()).isEqualTo("a");
            click(one, user, list);
            await().atMost(SOON).untilAsserted(() -> {
                JsonNode results = one.json("/experiments/ab").get("results");
                assertThat(results.at("/variants/0/users").longValue()).isPositive();
                assertThat(one.json("/quality?by=variant").at("/slices").findValuesAsText("value"))
                        .contains("ab/a");
            });
            status(other, "POST", "/experiments/ab/stop", "", 200);
            await().atMost(SOON).until(() -> !one.recommendations(user).has("variants"));
            status(one, "POST", "/experiments/ab/start", "", 409);
            status(one, "DELETE", "/experiments/ab", "", 204);
        }
    }

    @Test
    void twoWhoStartAtOnceDoNotGetTheSamePartOfALayer(EmbeddedServices services) throws Exception {
        List<String> settings = ServerFixture.settings(services, "layers");
        try (ServerFixture one = new ServerFixture(TrainedStore.empty(), settings).start()) {
            items(one, one);
            for (String name : List.of("x", "y", "z")) {
                status(one, "POST", "/experiments", AB.replace("\"ab\"", "\"" + name + "\""), 201);
            }
            List<CompletableFuture<Integer>> starts = List.of("x", "y", "z").stream()
                    .map(name -> one.later("POST", "/experiments/" + name + "/start", "")
                            .thenApply(answer -> answer.statusCode()))
                    .toList();
            assertThat(starts.stream().map(CompletableFuture::join).sorted().toList())
                    .containsExactly(200, 409, 409);
            status(
                    one,
                    "PUT",
                    "/experiments/x",
                    AB.replace("\"ab\"", "\"x\""),
                    running(one).contains("x") ? 409 : 200);
        }
    }

    @Test
    void interleavedListsCreditTheTeamThatPickedWhatWasClicked(EmbeddedServices services) throws Exception {
        List<String> settings = ServerFixture.settings(services, "teams", "quality.outcome_window=0s");
        try (ServerFixture one = new ServerFixture(TrainedStore.empty(), settings).start()) {
            items(one, one);
            String body = AB.replace("\"share\":0.6", "\"kind\":\"interleaving\"");
            status(one, "POST", "/experiments", body, 201);
            status(one, "POST", "/experiments/ab/start", "", 200);
            JsonNode list = one.recommendations("u");
            assertThat(list.at("/variants/ab").textValue()).isEqualTo("interleaved");
            assertThat(ServerFixture.items(list)).doesNotHaveDuplicates().hasSize(3);
            click(one, "u", list);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(clicksOfTeams(one)).isEqualTo(1));
        }
    }

    private static long clicksOfTeams(ServerFixture server) {
        return server.database.transaction(connection -> {
            try (var rows = connection
                    .createStatement()
                    .executeQuery("select sum(first_clicks + second_clicks) from experiment_user where shown = 3")) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private static void items(ServerFixture one, ServerFixture other) {
        status(one, "POST", "/items", "[{\"item_id\":\"a\"},{\"item_id\":\"b\"},{\"item_id\":\"c\"}]", 201);
        for (ServerFixture each : List.of(one, other)) {
            await().atMost(SOON)
                    .until(() ->
                            ServerFixture.items(each.recommendations("nobody")).size() == 3
                                    && each.get("/health/ready").statusCode() == 200);
        }
    }

    private static void status(ServerFixture server, String method, String path, String body, int status) {
        var answer = server.send(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private static Set<String> running(ServerFixture server) throws Exception {
        Set<String> names = new TreeSet<>();
        server.json("/experiments").get("experiments").forEach(each -> {
            if (each.get("state").textValue().equals("running")) {
                names.add(each.get("name").textValue());
            }
        });
        return names;
    }

    /** The number of a user who takes part and sees the variant. */
    private static int taking(ServerFixture server, String variant) throws Exception {
        for (int i = 0; i < 100; i++) {
            if (server.recommendations("u" + i).at("/variants/ab").asText().equals(variant)) {
                return i;
            }
        }
        throw new AssertionError("nobody of a hundred sees " + variant);
    }

    private static void click(ServerFixture server, String user, JsonNode list) {
        String action = "{\"user_id\":\"" + user + "\",\"item_id\":\""
                + ServerFixture.items(list).get(0)
                + "\",\"action_type\":\"Click\",\"request_id\":\""
                + list.get("request_id").textValue() + "\"}";
        assertThat(server.send("POST", "/actions", action).statusCode()).isEqualTo(202);
    }
}
