import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;

/**
 * Milvuso from Java, with nothing but the JDK. It prints the server's answers as they are; a real client would read them with a JSON
 * library.
 *
 * <pre>java examples/Client.java [URL]</pre>
 */
final class Client {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    Client(String url) {
        this.url = url;
    }

    String addItem(String item, String category) throws IOException, InterruptedException {
        return send("POST", "/items", "{\"item_id\": \"%s\", \"category\": \"%s\"}", item, category);
    }

    /** Returns when the log has the action durably. */
    String act(String user, String item, String type) throws IOException, InterruptedException {
        return send(
                "POST",
                "/actions",
                "{\"user_id\": \"%s\", \"item_id\": \"%s\", \"action_type\": \"%s\"}",
                user,
                item,
                type);
    }

    String recommend(String user, int count) throws IOException, InterruptedException {
        return send("GET", "/recommendations/" + user + "?num_recommendations=" + count, "");
    }

    private String send(String method, String path, String body, Object... values)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(String.format(Locale.ROOT, body, values)))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw new IOException(response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Client client = new Client(arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080");
        for (int i = 0; i < 8; i++) {
            client.addItem("java-tea-" + i, "tea");
            client.addItem("java-rope-" + i, "rope");
            client.act("java-tea-fan-" + i % 3, "java-tea-" + i, "Like");
            client.act("java-rope-fan-" + i % 3, "java-rope-" + i, "Like");
        }
        client.act("java-visitor", "java-tea-1", "Like");
        client.act("java-visitor", "java-tea-2", "Like");
        String list = client.recommend("java-visitor", 5);
        for (int i = 0; i < 100 && list.contains("\"tier\":\"fallback\""); i++) {
            Thread.sleep(100);
            list = client.recommend("java-visitor", 5);
        }
        System.out.println(list);
        System.exit(list.contains("\"tier\":\"fallback\"") ? 1 : 0);
    }
}
