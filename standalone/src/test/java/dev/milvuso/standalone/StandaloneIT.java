package dev.milvuso.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.milvuso.config.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop on real parts: what is posted comes back as recommendations, once, and through a restart. */
class StandaloneIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int KINDS = 4;
    private static final int ITEMS = 15;

    private final HttpClient client = HttpClient.newHttpClient();
    private String url = "";

    @Test
    void aNewUsersLikesShowInTheirNextListsAndOutliveARestart(@TempDir Path directory) throws Exception {
        try (Standalone standalone = start(directory)) {
            url = standalone.url();
            assertThat(post("/items", items())).isEqualTo(201);
            for (int batch = 0; batch < 8; batch++) {
                assertThat(post("/actions", background(batch))).isEqualTo(202);
            }
            await().atMost(LONG).until(() -> applied() == 8 * 500);

            ArrayNode likes = JSON.createArrayNode();
            for (int number = 0; number < 3; number++) {
                action(likes, "like-" + number, "newcomer", item(2, number));
            }
            assertThat(post("/actions", likes)).isEqualTo(202);
            await().untilAsserted(
                            () -> assertThat(ofKind(recommended("newcomer"), 2)).isGreaterThanOrEqualTo(6));
            assertThat(recommended("newcomer")).doesNotContain(item(2, 0), item(2, 1), item(2, 2));

            assertThat(post("/actions", likes)).isEqualTo(202);
            action(likes, "like-3", "newcomer", item(2, 3));
            assertThat(post("/actions", likes)).isEqualTo(202);
            await().atMost(LONG).until(() -> applied() >= 8 * 500 + 4);
            assertThat(applied()).isEqualTo(8 * 500 + 4);
        }
        try (Standalone standalone = start(directory)) {
            url = standalone.url();
            await().atMost(LONG).until(this::isReady);
            await().untilAsserted(
                            () -> assertThat(ofKind(recommended("newcomer"), 2)).isGreaterThanOrEqualTo(6));
            assertThat(applied()).isEqualTo(8 * 500 + 4);
        }
    }

    private static Standalone start(Path directory) {
        return Standalone.start(directory, settings -> {
            List<String> all = new ArrayList<>(List.of(
                    // A busy machine changes no answer.
                    "server.port=0", "server.request_deadline=5s", "kafka.acknowledge_timeout=20s"));
            all.addAll(settings);
            return ConfigLoader.load(Optional.empty(), Map.of(), all);
        });
    }

    private static ArrayNode items() {
        ArrayNode items = JSON.createArrayNode();
        for (int kind = 0; kind < KINDS; kind++) {
            for (int number = 0; number < ITEMS; number++) {
                items.addObject().put("item_id", item(kind, number)).put("category", "kind-" + kind);
            }
        }
        return items;
    }

    /** 100 users, each with a kind of their own. */
    private static ArrayNode background(int batch) {
        SplittableRandom random = new SplittableRandom(batch);
        ArrayNode actions = JSON.createArrayNode();
        for (int i = 0; i < 500; i++) {
            int user = random.nextInt(100);
            action(actions, "background-" + batch + "-" + i, "user-" + user, item(user % KINDS, random.nextInt(ITEMS)));
        }
        return actions;
    }

    private static void action(ArrayNode actions, String event, String user, String item) {
        actions.addObject()
                .put("event_id", event)
                .put("user_id", user)
                .put("item_id", item)
                .put("action_type", "Like");
    }

    private static String item(int kind, int number) {
        return "item-" + kind + "-" + number;
    }

    private static long ofKind(List<String> items, int kind) {
        return items.stream()
                .filter(item -> item.startsWith("item-" + kind + "-"))
                .count();
    }

    private List<String> recommended(String user) throws IOException, InterruptedException {
        JsonNode answer = JSON.readTree(get("/recommendations/" + user + "?num_recommendations=8"));
        List<String> items = new ArrayList<>();
        answer.get("recommendations")
                .forEach(one -> items.add(one.get("item_id").textValue()));
        return items;
    }

    private long applied() throws IOException, InterruptedException {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith("milvuso_training_examples_applied_total "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private boolean isReady() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/health/ready")).build();
        return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private int post(String path, ArrayNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }
}
