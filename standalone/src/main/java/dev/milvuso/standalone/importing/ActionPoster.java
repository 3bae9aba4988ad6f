package dev.milvuso.standalone.importing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts arrays of actions and repeats what was not taken. Safe for use by many threads. */
public final class ActionPoster {
    private static final int ATTEMPTS = 60;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI target;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** @param url of the server, such as {@code http://127.0.0.1:8080} */
    public ActionPoster(URI url) {
        this.target = url.resolve("/actions");
    }

    /**
     * Returns when the server has taken them. Waits as it asks when it is overloaded, and a second when it does not
     * answer: the event ids make a repeat harmless.
     *
     * @throws IllegalArgumentException if it refuses them, with its reason
     * @throws IllegalStateException if it has not taken them after sixty attempts
     */
    public void post(ArrayNode actions) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(actions.toString()))
                .build();
        String last = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long waitSeconds = 1;
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                int status = answer.statusCode();
                if (status == 202) {
                    return;
                }
                if (status != 429 && status != 503) {
                    throw new IllegalArgumentException(status + " " + answer.body());
                }
                last = "it answered " + status;
                waitSeconds = answer.headers().firstValueAsLong("Retry-After").orElse(1);
            } catch (IOException e) {
                last = e.getClass().getSimpleName();
            }
            Thread.sleep(Duration.ofSeconds(Math.max(1, waitSeconds)).toMillis());
        }
        throw new IllegalStateException(target + " did not take the actions: " + last);
    }
}
