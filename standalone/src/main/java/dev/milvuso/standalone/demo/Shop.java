package dev.milvuso.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a shop asks of Milvuso, through REST like any other site. */
final class Shop {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    Shop(String url) {
        this.url = url;
    }

    /** A list as it was served. */
    record Served(String requestId, List<String> films) {}

    void offer(List<Film> films) throws IOException, InterruptedException {
        ArrayNode items = JSON.createArrayNode();
        for (Film film : films) {
            ObjectNode item = items.addObject();
            item.put("item_id", film.id()).put("title", film.title()).put("category", film.genre());
            item.putArray("tags").add(film.era());
        }
        post("/items", items);
    }

    Served recommendations(Visitor visitor, int count) throws IOException, InterruptedException {
        JsonNode list = get("/recommendations/" + visitor.id() + "?num_recommendations=" + count);
        return new Served(list.path("request_id").asText(), ids(list));
    }

    List<String> popular(int count) throws IOException, InterruptedException {
        return ids(get("/popular?num_recommendations=" + count));
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.path("recommendations")
                .forEach(entry -> ids.add(entry.path("item_id").asText()));
        return ids;
    }

    /** One thing that a visitor did; {@code requestId} is empty if no list led there. */
    record Act(String film, String type, String requestId) {}

    /** Returns when the log has them. */
    void did(Visitor visitor, List<Act> acts) throws IOException, InterruptedException {
        ArrayNode actions = JSON.createArrayNode();
        for (Act act : acts) {
            ObjectNode action = actions.addObject();
            action.put("user_id", visitor.id()).put("item_id", act.film()).put("action_type", act.type());
            if (!act.requestId().isEmpty()) {
                action.put("request_id", act.requestId());
            }
        }
        post("/actions", actions);
    }

    String metrics() throws IOException, InterruptedException {
        return send(request("/metrics").GET().build());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(send(request(path).GET().build()));
    }

    private void post(String path, JsonNode body) throws IOException, InterruptedException {
        send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    request.method() + " " + request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
