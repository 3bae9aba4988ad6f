package dev.milvuso.standalone.lists;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Lists of a running server, for all users whom it knows, in the order in which it names them. */
public final class ServerLists implements UserLists {
    private static final int AT_ONCE = 100;
    private static final int TRIES = 60;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Set<Integer> AGAIN = Set.of(429, 502, 503, 504);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final int num;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String after = "";
    private boolean isOver;

    /** @param num length of a list */
    public ServerLists(URI url, int num) {
        if (url.getHost() == null) {
            throw new ConfigException("--url is " + url + ": must be like http://127.0.0.1:8080");
        }
        this.url = url;
        this.num = num;
    }

    @Override
    public void skip(long count, String last) {
        after = last;
    }

    @Override
    public List<Line> next() throws IOException, InterruptedException {
        if (isOver) {
            return List.of();
        }
        String rest = after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
        JsonNode page = ask(HttpRequest.newBuilder(url.resolve("/users?limit=" + AT_ONCE + rest)));
        List<String> users = new ArrayList<>();
        page.path("users").forEach(user -> users.add(user.textValue()));
        isOver = !page.has("next");
        if (users.isEmpty()) {
            return List.of();
        }
        after = users.get(users.size() - 1);
        return lists(users);
    }

    /** Who was not served in time is asked for again. */
    private List<Line> lists(List<String> users) throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        while (lines.size() < users.size()) {
            List<String> left = users.subList(lines.size(), users.size());
            JsonNode answer = ask(HttpRequest.newBuilder(url.resolve("/recommendations"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body(left))));
            answer.path("results")
                    .forEach(list -> lines.add(new Line(list.path("user_id").textValue(), list.toString())));
        }
        return lines;
    }

    private String body(List<String> users) {
        ObjectNode body = JSON.createObjectNode().put("num_recommendations", num);
        ArrayNode all = body.putArray("users");
        users.forEach(all::add);
        return body.toString();
    }

    private JsonNode ask(HttpRequest.Builder asked) throws IOException, InterruptedException {
        HttpRequest request = asked.timeout(TIMEOUT).build();
        for (int tries = 1; ; tries++) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return JSON.readTree(answer.body());
            }
            if (!AGAIN.contains(answer.statusCode()) || tries == TRIES) {
                throw new IllegalStateException(
                        request.uri() + " answers " + answer.statusCode() + ": " + answer.body());
            }
            Thread.sleep(1000);
        }
    }

    @Override
    public OptionalLong users() {
        return OptionalLong.empty();
    }
}
