package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A site in front of Milvuso: posts items and actions, reads lists. Safe for use by many threads. */
final class Site {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String url;

    Site(String url) {
        this.url = url;
    }

    static ObjectNode action(String eventId, String user, String item, String type) {
        return JSON.createObjectNode()
                .put("event_id", eventId)
                .put("user_id", user)
                .put("item_id", item)
                .put("action_type", type);
    }

    /** @return the status, or 0 if there was no answer */
    int postActions(List<ObjectNode> actions) {
        return post("/actions", JSON.createArrayNode().addAll(actions));
    }

    int postItems(ArrayNode items) {
        return post("/items", items);
    }

    /** @throws IOException if the catalogue is not taken */
    void postItems(World world) throws IOException {
        for (ArrayNode batch : world.items()) {
            int status = postItems(batch);
            if (status / 100 != 2) {
                throw new IOException("POST /items answered " + status);
            }
        }
    }

    /** @throws IOException if it is not accepted */
    void act(String user, String item, String type) throws IOException {
        int status = postActions(List.of(action(UUID.randomUUID().toString(), user, item, type)));
        if (status != 202) {
            throw new IOException("POST /actions answered " + status);
        }
    }

    /** @return the items' ids, best first */
    List<String> recommendations(String user, int count) throws IOException {
        return ids(get("/recommendations/" + user + "?num_recommendations=" + count));
    }

    List<String> popular(int count) throws IOException {
        return ids(get("/popular?num_recommendations=" + count));
    }

    /** @throws IOException if there is no answer, or another than 200 */
    JsonNode get(String path) throws IOException {
        return JSON.readTree(text(path));
    }

    String text(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() != 200) {
            throw new IOException("GET " + path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** The value of the only sample of this name, or the sum of all its samples. */
    double metric(String name) throws IOException {
        double sum = 0;
        for (String line : text("/metrics").split("\n", -1)) {
            if (line.startsWith(name + " ") || line.startsWith(name + "{")) {
                sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return sum;
    }

    private int post(String path, JsonNode body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return send(request).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted"));
        }
    }

    private static List<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.get("recommendations").forEach(one -> ids.add(one.get("item_id").textValue()));
        return ids;
    }
}
