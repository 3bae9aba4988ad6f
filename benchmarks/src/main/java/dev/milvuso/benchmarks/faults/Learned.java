package dev.milvuso.benchmarks.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.SplittableRandom;

/** Items of twenty kinds, and users of whom the system has learned which kind they like. */
final class Learned {
    static final int USERS = 1000;
    static final int ITEMS = 1000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KINDS = 20;
    private static final int LIKES = 10;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    Learned(String url) {
        this.url = url;
    }

    /** Returns when every tenth user has a personal list. */
    void teach() throws IOException, InterruptedException {
        ArrayNode items = JSON.createArrayNode();
        for (int i = 0; i < ITEMS; i++) {
            items.addObject().put("item_id", "item-" + i).put("category", "kind-" + i % KINDS);
        }
        post("/items", items);
        SplittableRandom random = new SplittableRandom(1);
        for (int like = 0; like < LIKES; like++) {
            ArrayNode likes = JSON.createArrayNode();
            for (int user = 0; user < USERS; user++) {
                int item = random.nextInt(ITEMS / KINDS) * KINDS + user % KINDS;
                likes.addObject()
                        .put("user_id", "user-" + user)
                        .put("item_id", "item-" + item)
                        .put("action_type", "Like");
            }
            post("/actions", likes);
        }
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (int user = 0; user < USERS; user += 10) {
            while (!isPersonal("user-" + user)) {
                if (System.nanoTime() > end) {
                    throw new IOException("user-" + user + " has no personal list after a minute");
                }
                Thread.sleep(100); // nothing else to wait for
            }
        }
    }

    private boolean isPersonal(String user) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/recommendations/" + user))
                .build();
        String answer = client.send(request, BodyHandlers.ofString()).body();
        return !JSON.readTree(answer).path("model_version").asText().isEmpty();
    }

    private void post(String path, ArrayNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        long end = System.nanoTime() + PATIENCE_NANOS;
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        while (status == 503 && System.nanoTime() < end) {
            Thread.sleep(1000); // as Retry-After says
            status = client.send(request, BodyHandlers.discarding()).statusCode();
        }
        if (status / 100 != 2) {
            throw new IOException("POST " + path + " answered " + status);
        }
    }
}
