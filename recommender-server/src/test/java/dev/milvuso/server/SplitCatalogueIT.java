package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.vector.SwitchedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two kinds of items, of which memory holds all but one; the vector store has that one as well. */
@ExtendWith(SharedServices.class)
final class SplitCatalogueIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ITEMS = 5;
    private static final int BYTES_OF_AN_ITEM = 5 * 3 + 96;
    private static final String OUTSIDE = "b0";

    private static Embedding item(String kind, int n) {
        return kind.equals("a")
                ? ServerFixture.item("a" + n, 1, 0.1f * n, 0.3f + 0.01f * n)
                : ServerFixture.item("b" + n, 0.1f * n, 1, 0.01f * n);
    }

    private static ServerFixture server(EmbeddedServices services, SwitchedStore store, String name) {
        List<String> settings = ServerFixture.settings(
                services,
                name,
                "milvus.dimension=3",
                "recommendation.embedding_dim=3",
                "recommendation.index_memory=" + (2 * ITEMS - 1) * BYTES_OF_AN_ITEM,
                "coldstart.warm_actions=0");
        return new ServerFixture(store, settings).start();
    }

    private static void fill(ServerFixture server, SwitchedStore store) throws Exception {
        List<Embedding> held = new ArrayList<>();
        StringBuilder bodies = new StringBuilder();
        for (int n = 0; n < ITEMS; n++) {
            for (String kind : List.of("a", "b")) {
                Embedding item = item(kind, n);
                bodies.append(bodies.isEmpty() ? "[" : ",")
                        .append("{\"item_id\":\"" + item.id() + "\",\"category\":\"" + kind + "\"}");
                TrainedStore.item(store, item.id(), item.vector());
                if (!item.id().equals(OUTSIDE)) {
                    held.add(item);
                }
            }
        }
        assertThat(server.send("POST", "/items", bodies.append(']').toString()).statusCode())
                .isEqualTo(201);
        server.publish(held.toArray(Embedding[]::new));
        server.publish(ServerFixture.user("u", 1, 1, 0, 1), ServerFixture.activation());
        // What nobody has learned of yet may top the list up. Explained, as such lists are not kept: until the log has
        // been
        // read the item outside is in them.
        await().atMost(PATIENCE)
                .until(() -> Collections.frequency(
                                server.json("/recommendations/u?explain=true").findValuesAsText("source"), "personal")
                        == 2 * ITEMS - 1);
        assertThat(ServerFixture.items(server.recommendations("u")).subList(0, ITEMS))
                .allMatch(item -> item.startsWith("a"));
        server.publish(item("b", 0));
        // A list of the other kind says that memory does not hold all, and needs nothing of the item outside.
        await().atMost(PATIENCE)
                .until(() -> server.json("/recommendations/u?category=a&explain=true")
                        .get("tier")
                        .textValue()
                        .equals("milvus"));
    }

    @Test
    void theNextListReflectsALikeOfAnItemThatMemoryDoesNotHold(EmbeddedServices services) throws Exception {
        try (SwitchedStore store = TrainedStore.empty(3);
                ServerFixture server = server(services, store, "split_like")) {
            fill(server, store);
            assertThat(server.act("u", OUTSIDE)).isEqualTo(202);
            JsonNode next = server.json("/recommendations/u?explain=true");
            assertThat(ServerFixture.items(next).subList(0, 4)).containsExactlyInAnyOrder("b1", "b2", "b3", "b4");
            assertThat(next.at("/recommendations/0/because_of/0/item_id").textValue())
                    .isEqualTo(OUTSIDE);
        }
    }

    @Test
    void whatIsLikeAnItemThatMemoryDoesNotHoldIsSaidByLearnedVectors(EmbeddedServices services) throws Exception {
        try (SwitchedStore store = TrainedStore.empty(3);
                ServerFixture server = server(services, store, "split_similar")) {
            fill(server, store);
            JsonNode similar = server.json("/items/" + OUTSIDE + "/similar");
            assertThat(similar.get("source").textValue()).isEqualTo("learned");
            assertThat(similar.get("items").findValuesAsText("item_id").subList(0, 4))
                    .containsExactly("b1", "b2", "b3", "b4");
            assertThat(server.json("/items/b1/similar")
                            .get("items")
                            .findValuesAsText("item_id")
                            .subList(0, 2))
                    .as("by memory and by the store")
                    .containsExactlyInAnyOrder(OUTSIDE, "b2");
            store.goAway();
            assertThat(server.json("/items/a0/similar").get("source").textValue())
                    .isEqualTo("learned");
        }
    }
}
