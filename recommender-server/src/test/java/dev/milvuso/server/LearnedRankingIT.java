package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.RankerWeights;
import dev.milvuso.ranker.Machine;
import dev.milvuso.ranker.Matching;
import dev.milvuso.vector.SwitchedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the trainer's ranker has learned comes to a server that is running. */
@ExtendWith(SharedServices.class)
final class LearnedRankingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ITEMS = 5;
    private static final List<String> BY_RETRIEVAL = List.of("i4", "i3", "i2", "i1", "i0");
    private static final List<String> BY_RANKER = List.of("i0", "i1", "i2", "i3", "i4");

    /** Of a ranker that goes by the items' biases alone. */
    private static RankerWeights ranker(long step, boolean isBetter, List<String> names) {
        float[] parameters = new float[Machine.length(Matching.SIZE, 1)];
        Arrays.fill(parameters, 0, Matching.SIZE, 1);
        parameters[Matching.SIZE + Matching.NAMES.indexOf("item_bias")] = 1;
        return new RankerWeights(ServerFixture.VERSION, 1, step, isBetter, 9000, 0.5f, 0.6f, names, parameters);
    }

    private static JsonNode list(ServerFixture server) throws Exception {
        return server.json("/recommendations/u?explain=true");
    }

    private static JsonNode rankerInHealth(ServerFixture server) throws Exception {
        return server.json("/health").at("/components/model/ranker");
    }

    private static void awaitOrder(ServerFixture server, List<String> items) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(ServerFixture.items(list(server))).isEqualTo(items));
    }

    private static ServerFixture server(
            EmbeddedServices services, SwitchedStore store, String name, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("coldstart.warm_actions=0");
        return new ServerFixture(store, ServerFixture.settings(services, name, all.toArray(String[]::new))).start();
    }

    private static void publishModel(ServerFixture server) {
        EmbeddingRecord[] items = IntStream.range(0, ITEMS)
                .mapToObj(n -> ServerFixture.item("i" + n, 2 * n, -n))
                .toArray(EmbeddingRecord[]::new);
        server.publish(items);
        server.publish(ServerFixture.user("u", 1, 1, 1), ServerFixture.activation());
    }

    private static void post(ServerFixture server) {
        post(server, "i");
    }

    private static void post(ServerFixture server, String kind) {
        StringBuilder items = new StringBuilder("[");
        for (int n = 0; n < ITEMS; n++) {
            items.append(n > 0 ? "," : "")
                    .append("{\"item_id\":\"")
                    .append(kind)
                    .append(n)
                    .append("\"}");
        }
        assertThat(server.send("POST", "/items", items.append(']').toString()).statusCode())
                .isEqualTo(201);
    }

    @Test
    void listsFollowTheWeightsThatArriveWhileTheySayThatTheyAreBetter(EmbeddedServices services) throws Exception {
        try (SwitchedStore store = TrainedStore.empty()) {
            try (ServerFixture server = server(services, store, "learned")) {
                post(server);
                publishModel(server);
                awaitOrder(server, BY_RETRIEVAL);
                assertThat(server.metric("milvuso_ranking_learned", "")).isZero();
                assertThat(rankerInHealth(server).isMissingNode()).isTrue();

                server.publish(ranker(1, true, Matching.NAMES));
                awaitOrder(server, BY_RANKER);
                JsonNode first = list(server).get("recommendations").get(0);
                assertThat(first.at("/parts/ranker").doubleValue()).isZero();
                assertThat(first.at("/parts/retrieval").doubleValue()).isZero();
                assertThat(first.get("score").doubleValue()).isEqualTo(4);
                assertThat(server.metric("milvuso_ranking_learned", "")).isEqualTo(1);
                assertThat(rankerInHealth(server).get("used").booleanValue()).isTrue();
                assertThat(rankerInHealth(server).get("lists").longValue()).isEqualTo(9000);

                server.publish(ranker(3, false, Matching.NAMES));
                awaitOrder(server, BY_RETRIEVAL);
                assertThat(rankerInHealth(server).get("used").booleanValue()).isFalse();
                server.publish(ranker(2, true, Matching.NAMES), ranker(4, true, Matching.NAMES));
                awaitOrder(server, BY_RANKER);
            }
            try (ServerFixture next = server(services, store, "learned")) {
                awaitOrder(next, BY_RANKER);
            }
        }
    }

    /** The ranker prefers one kind by its bias, whoever asks; the visitor has just liked the other. */
    @Test
    void whatTheVisitorHasJustDoneIsNotUndone(EmbeddedServices services) throws Exception {
        try (SwitchedStore store = TrainedStore.empty(3);
                ServerFixture server = server(
                        services, store, "learned_reacting", "milvus.dimension=3", "recommendation.embedding_dim=3")) {
            post(server, "a");
            post(server, "b");
            for (int n = 0; n < ITEMS; n++) {
                server.publish(
                        ServerFixture.item("a" + n, 1, 0.1f * n, 0.3f + 0.01f * n),
                        ServerFixture.item("b" + n, 0.1f * n, 1, 0.01f * n));
            }
            server.publish(ServerFixture.user("u", 1, 1, 0, 1), ServerFixture.activation());
            server.publish(ranker(1, true, Matching.NAMES));
            List<String> usual = List.of("a4", "a3", "a2", "a1", "a0", "b4", "b3", "b2", "b1", "b0");
            awaitOrder(server, usual);

            assertThat(server.act("u", "b0")).isEqualTo(202);
            JsonNode next = list(server);
            assertThat(ServerFixture.items(next).subList(0, 4)).containsExactlyInAnyOrder("b1", "b2", "b3", "b4");
            assertThat(next.at("/recommendations/0/parts/latest_actions").doubleValue())
                    .isPositive();
        }
    }

    @Test
    void weightsOfATrainerThatWeighsSomethingElseChangeNothing(EmbeddedServices services) throws Exception {
        try (SwitchedStore store = TrainedStore.empty();
                ServerFixture server = server(services, store, "learned_other")) {
            post(server);
            publishModel(server);
            server.publish(ranker(1, true, Matching.NAMES));
            awaitOrder(server, BY_RANKER);
            List<String> names = new ArrayList<>(Matching.NAMES);
            names.set(0, "novelty");
            server.publish(ranker(2, true, names));
            awaitOrder(server, BY_RETRIEVAL);
            assertThat(server.metric("milvuso_dlq_records_total", "embeddings")).isZero();
        }
    }
}
