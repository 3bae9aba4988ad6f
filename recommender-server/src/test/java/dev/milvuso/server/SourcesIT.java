package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.vector.SwitchedStore;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A list with places for each source that has nothing to do with the model's scores. */
@ExtendWith(SharedServices.class)
final class SourcesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** More than the model proposes, all of them better by its scores than what the others bring. */
    private static final int ORDINARY = 100;

    /** By a source with a tenth of the list: it has its place for the one of them that the model scores best. */
    private static final int PROPOSED = 7;

    private static ServerFixture server(EmbeddedServices services, SwitchedStore store, String name) {
        return new ServerFixture(
                        store,
                        ServerFixture.settings(
                                services,
                                name,
                                "milvus.dimension=3",
                                "recommendation.embedding_dim=3",
                                "coldstart.warm_actions=0",
                                "ranking.sequence=0",
                                "ranking.neighbours_quota=0.1",
                                "ranking.content_quota=0.1",
                                "ranking.favourite_quota=0.1",
                                "ranking.popular_quota=0.1"))
                .start();
    }

    private static void fill(ServerFixture server, SwitchedStore store) {
        List<EmbeddingRecord> vectors = new ArrayList<>();
        StringBuilder items = new StringBuilder("[");
        for (int n = 0; n < ORDINARY; n++) {
            items.append("{\"item_id\":\"a" + n + "\",\"category\":\"ordinary\",\"title\":\"number" + n + "\"},");
            vectors.add(ServerFixture.item("a" + n, 1, 0.001f * n, 0.5f));
        }
        List<String> others = new ArrayList<>(List.of("alike", "neighbours", "interesting"));
        for (int n = 0; n < PROPOSED; n++) {
            items.append("{\"item_id\":\"best-seller" + n + "\",\"popularity_score\":9},");
            others.add("best-seller" + n);
        }
        items.append("{\"item_id\":\"liked\",\"title\":\"wombat\"},")
                .append("{\"item_id\":\"alike\",\"category\":\"rare\",\"title\":\"the wombat's burrow\"},")
                .append("{\"item_id\":\"neighbours\",\"category\":\"rare\"},")
                .append("{\"item_id\":\"interesting\",\"category\":\"garden\"}]");
        vectors.add(ServerFixture.item("liked", 1, 0.05f, 0.5f));
        others.forEach(each -> vectors.add(ServerFixture.item(each, -0.1f, 0.1f, 0)));
        assertThat(server.send("POST", "/items", items.toString()).statusCode()).isEqualTo(201);
        server.publish(vectors.toArray(EmbeddingRecord[]::new));
        TrainedStore.user(store, "v", 1, 0.1f, 1);
        server.publish(
                ServerFixture.user("u", 1, 1, 0, 1),
                ServerFixture.user("v", 1, 1, 0.1f, 1),
                ServerFixture.activation());
    }

    private static void interestedIn(ServerFixture server, String user, String category) {
        int unused = server.database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into user_profile values ('" + user
                    + "', 2, now(), now(), '{}', '{\"interests_at\":1,\"interests\":{\"c:" + category
                    + "\":50,\"t:ordinary\":99}}')")) {
                return insert.executeUpdate();
            }
        });
    }

    private static Map<String, String> sources(ServerFixture server) throws Exception {
        Map<String, String> sources = new HashMap<>();
        for (JsonNode each : server.json("/recommendations/u?explain=true").get("recommendations")) {
            sources.put(each.get("item_id").textValue(), each.get("source").textValue());
            assertThat(each.get("explanation").textValue()).isNotBlank();
        }
        return sources;
    }

    @Test
    void eachSourceHasItsPlaceAndIsNamed(EmbeddedServices services) throws Exception {
        try (SwitchedStore store = TrainedStore.empty(3);
                ServerFixture server = server(services, store, "sources")) {
            fill(server, store);
            interestedIn(server, "u", "garden");
            assertThat(server.act("v", "neighbours")).isEqualTo(202);
            assertThat(server.act("u", "liked")).isEqualTo(202);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sources(server))
                            .hasSize(10)
                            .containsEntry("neighbours", "neighbours")
                            .containsEntry("alike", "content")
                            .containsEntry("interesting", "favourite")
                            .containsValue("popular")
                            .allSatisfy((item, source) -> assertThat(source.equals("popular"))
                                    .as(item)
                                    .isEqualTo(item.startsWith("best-seller"))));
            assertThat(sources(server).values().stream().filter("personal"::equals))
                    .hasSize(6);

            store.goAway();
            assertThat(server.get("/recommendations/w").statusCode()).isEqualTo(200);
        }
    }
}
