package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.embedded.EmbeddedServices;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two instances on one log: both know the quality of all lists, and each counts its own. */
@ExtendWith(SharedServices.class)
class QualityIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void whatFollowsAListIsKnownToEveryInstanceAlsoAfterARestart(EmbeddedServices services) throws Exception {
        List<String> settings = ServerFixture.settings(services, "quality");
        try (ServerFixture one = new ServerFixture(TrainedStore.empty(), settings).start();
                ServerFixture other = new ServerFixture(TrainedStore.empty(), settings).start()) {
            assertThat(one.send("POST", "/items", "[{\"item_id\":\"a\"},{\"item_id\":\"b\"}]")
                            .statusCode())
                    .isEqualTo(201);
            await().atMost(SOON)
                    .until(() ->
                            ServerFixture.items(one.recommendations("first")).size() == 2);
            JsonNode list = one.recommendations("ann");
            click(
                    other,
                    "ann",
                    ServerFixture.items(list).get(1),
                    list.get("request_id").textValue());
            await().atMost(SOON).untilAsserted(() -> {
                assertClicked(one);
                assertClicked(other);
            });
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(one.metric("milvuso_ctr", "window=\"1h\"")).isPositive();
                assertThat(one.metric("milvuso_ndcg_by_source", "source=\"popular\",window=\"1h\""))
                        .isBetween(0.63, 0.64);
                assertThat(one.metric("milvuso_recall_by_position", "position=\"2\",window=\"1h\""))
                        .isEqualTo(1);
                assertThat(one.metric("milvuso_map_by_model_version", "model_version=\"none\",window=\"1h\""))
                        .isEqualTo(0.5);
                assertThat(one.metric("milvuso_quality_clicks_total", "source=\"popular\""))
                        .isEqualTo(1);
                assertThat(one.metric("milvuso_quality_clicks_by_position_total", "position=\"2\""))
                        .isEqualTo(1);
                assertThat(other.metric("milvuso_quality_shown_total", "")).isZero();
            });
        }
        try (ServerFixture again = new ServerFixture(TrainedStore.empty(), settings).start()) {
            await().atMost(SOON).untilAsserted(() -> assertClicked(again));
            assertThat(again.metric("milvuso_quality_clicks_total", "")).isZero();
        }
    }

    private static void click(ServerFixture server, String user, String item, String request) {
        String action = "{\"user_id\":\"" + user + "\",\"item_id\":\"" + item
                + "\",\"action_type\":\"Click\",\"request_id\":\"" + request + "\"}";
        assertThat(server.send("POST", "/actions", action).statusCode()).isEqualTo(202);
    }

    private static void assertClicked(ServerFixture server) throws Exception {
        JsonNode quality = server.json("/quality?window=1h&by=position");
        assertThat(quality.at("/all/clicks").longValue()).isEqualTo(1);
        assertThat(quality.at("/all/answered").longValue()).isEqualTo(1);
        assertThat(quality.at("/all/ndcg").doubleValue()).isBetween(0.63, 0.64);
        assertThat(quality.at("/slices/1/figures/clicks").longValue()).isEqualTo(1);
    }
}
