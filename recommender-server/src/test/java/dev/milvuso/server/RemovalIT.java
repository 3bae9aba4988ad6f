package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.Removal;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.Removals;
import dev.milvuso.vector.SwitchedStore;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that the trainer has dropped. */
@ExtendWith(SharedServices.class)
final class RemovalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static void remove(ServerFixture server, Kind kind, String id, long step) {
        try (Producer<String, byte[]> producer = new KafkaClients(server.config.kafka()).producer("test")) {
            var unused = producer.send(Removals.encode(
                    server.config.topics().embeddings().name(), new Removal(ServerFixture.VERSION, kind, id, 1, step)));
        }
    }

    /** The numbers that the model gives; what only fills a list up has none of its own. */
    private static List<Double> scores(ServerFixture server, String user) throws Exception {
        return server.recommendations(user)
                .get("recommendations")
                .valueStream()
                .map(each -> each.get("score").doubleValue())
                .filter(score -> score > 1)
                .toList();
    }

    @Test
    void anItemThatIsGoneIsNotScoredAndAUserWhoIsGoneGetsWhatAnybodyGets(EmbeddedServices services) throws Exception {
        try (SwitchedStore store = TrainedStore.empty();
                ServerFixture server = new ServerFixture(
                                store,
                                ServerFixture.settings(
                                        services, "removal", "recommendation.list_ttl=0s", "coldstart.warm_actions=0"))
                        .start()) {
            assertThat(server.send("POST", "/items", "[{\"item_id\":\"a\"},{\"item_id\":\"b\"}]")
                            .statusCode())
                    .isEqualTo(201);
            server.publish(
                    ServerFixture.item("a", 3, 0),
                    ServerFixture.item("b", 2, 0),
                    ServerFixture.user("u", 1, 1, 0),
                    ServerFixture.user("v", 5, 1, 0),
                    ServerFixture.activation());
            await().atMost(PATIENCE).until(() -> scores(server, "u").equals(List.of(3.0, 2.0)));
            await().atMost(PATIENCE).until(() -> scores(server, "v").equals(List.of(3.0, 2.0)));

            remove(server, Kind.ITEM, "a", 2);
            remove(server, Kind.USER, "v", 4);
            await().atMost(PATIENCE).until(() -> scores(server, "u").equals(List.of(2.0)));
            remove(server, Kind.USER, "u", 2);
            await().atMost(PATIENCE).until(() -> scores(server, "u").isEmpty());

            assertThat(server.recommendations("u").get("tier").asText()).isEqualTo("fallback");
            assertThat(scores(server, "v"))
                    .as("the vector is newer than the removal")
                    .containsExactly(2.0);
        }
    }
}
