package dev.milvuso.standalone.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.milvuso.config.ConfigException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Posts arrays and repeats what was not answered, which is harmless: event ids and item ids make a repeat the same.
 * Safe for use by many threads.
 */
public final class Poster {
    private static final Set<Integer> AGAIN = Set.of(429, 502, 503, 504);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern PLACE = Pattern.compile("^\\[(\\d{1,4})]\\.?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final Duration patience;
    private final Consumer<String> notices;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * @param url of the server, such as {@code http://127.0.0.1:8080}
     * @param patience how long one array may be repeated before the import gives up
     * @param notices is told what is waited for
     */
    public Poster(URI url, Duration patience, Consumer<String> notices) {
        String scheme = String.valueOf(url.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
            throw new ConfigException("--url is " + url + ": must be like http://127.0.0.1:8080");
        }
        this.url = url;
        this.patience = patience;
        this.notices = notices;
    }

    /**
     * Returns the server's verdict.
     *
     * @throws ConfigException if what answers is not a recommender server, or refuses everybody
     * @throws IllegalStateException in one sentence, if it gave none within the patience, or failed
     */
    Answer post(Kind kind, List<Entry> entries) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(kind.path()))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(array(entries)))
                .build();
        long giveUp = System.nanoTime() + patience.toNanos();
        for (boolean told = false; ; told = true) {
            long waitMillis = 1000;
            String reason;
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (!AGAIN.contains(answer.statusCode())) {
                    return verdict(request.uri(), answer);
                }
                reason = "it answers " + answer.statusCode();
                waitMillis = retryAfterMillis(answer);
            } catch (IOException e) {
                reason = reason(e);
            }
            if (System.nanoTime() + waitMillis * 1_000_000 > giveUp) {
                throw new IllegalStateException(url + " took nothing for " + patience.toSeconds() + " s, " + reason
                        + ": run the same command again, it counts nothing twice");
            }
            if (!told) {
                notices.accept("waiting for " + url + ": " + reason);
            }
            Thread.sleep(waitMillis);
        }
    }

    /**
     * Whether there is nothing yet that could be recommended; false if the server does not say.
     *
     * @throws InterruptedException if the thread is
     */
    public boolean knowsNoItems() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address("/popular?num_recommendations=1"))
                .timeout(TIMEOUT)
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    && parse(answer.body()).path("recommendations").isEmpty();
        } catch (IOException e) {
            return false; // everything was taken; that is what counts
        }
    }

    private URI address(String path) {
        return URI.create(url.toString().replaceFirst("/+$", "") + path);
    }

    private static byte[] array(List<Entry> entries) {
        ArrayNode array = JSON.createArrayNode();
        entries.forEach(entry -> array.add(entry.body()));
        try {
            return JSON.writeValueAsBytes(array);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON cannot be written", e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof ConnectException) {
            return "nothing listens there";
        }
        return e instanceof HttpTimeoutException ? "it does not answer in time" : "the connection was lost";
    }

    /** At least 0.1 s; a date instead of seconds counts as one second. */
    private static long retryAfterMillis(HttpResponse<String> answer) {
        String header = answer.headers().firstValue("Retry-After").orElse("1");
        return header.matches("\\d{1,6}") ? Math.max(100, Long.parseLong(header) * 1000) : 1000;
    }

    private Answer verdict(URI target, HttpResponse<String> answer) {
        JsonNode body = parse(answer.body());
        int status = answer.statusCode();
        String detail = body.path("detail").asText("status " + status);
        if (status / 100 == 2) {
            List<String> ids = new ArrayList<>();
            body.path("event_ids").forEach(id -> ids.add(id.asText()));
            return new Answer.Taken(ids);
        }
        if (status == 413) {
            return new Answer.TooLarge(detail);
        }
        if (status == 400 || status == 422) {
            return refused(detail, body.path("errors"));
        }
        if (status >= 500) {
            throw new IllegalStateException(target + " failed with " + status + ": " + detail);
        }
        throw new ConfigException(target + " answers " + status + ": --url must name a recommender server");
    }

    private static Answer.Refused refused(String detail, JsonNode errors) {
        TreeMap<Integer, String> faults = new TreeMap<>();
        for (JsonNode error : errors) {
            String field = error.path("field").asText();
            Matcher place = PLACE.matcher(field);
            if (place.find()) {
                String what = (field.substring(place.end()) + " "
                                + error.path("message").asText())
                        .strip();
                faults.merge(Integer.parseInt(place.group(1)), what, (one, other) -> one + "; " + other);
            }
        }
        return new Answer.Refused(detail, faults);
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // What is not JSON is not ours; the status says enough.
            return JSON.missingNode();
        }
    }
}
