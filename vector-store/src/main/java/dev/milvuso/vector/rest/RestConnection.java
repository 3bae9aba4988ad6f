package dev.milvuso.vector.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonInput;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Requests to one server, and what its refusals mean.
 *
 * @param url such as {@code http://127.0.0.1:8080}
 * @param timeout of a request
 * @param database none means the server's
 */
record RestConnection(HttpClient http, URI url, Duration timeout, Optional<String> database) {
    private static final String DEPENDENCY = "milvus";
    private static final Set<Integer> AWAY = Set.of(429, 502, 503, 504);
    private static final int UNSUPPORTED = 501;
    private static final int CONFLICT = 409;

    static RestConnection to(URI url, Duration timeout) {
        String scheme = String.valueOf(url.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "the server's address is " + url + ": must be like http://127.0.0.1:8080");
        }
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        return new RestConnection(http, url, timeout, Optional.empty());
    }

    RestConnection in(String other) {
        return new RestConnection(http, url, timeout, Optional.of(other));
    }

    /** For what is no database's. */
    RestConnection withoutDatabase() {
        return new RestConnection(http, url, timeout, Optional.empty());
    }

    /** A part of an address that may hold anything. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonInput get(String path) {
        return send("GET", path, new byte[0]);
    }

    JsonInput send(String method, String path, JsonBytes.Content body) {
        return send(method, path, Map.of(), body);
    }

    /** @param parameters beside the database */
    JsonInput send(String method, String path, Map<String, String> parameters, JsonBytes.Content body) {
        return send(method, path, parameters, JsonBytes.of(body));
    }

    /**
     * @return what was answered; an object without members if that was nothing
     * @throws RefusedException if the request is wrong
     * @throws UnsupportedOperationException if the store cannot do it
     * @throws Unavailable if there is no answer in time
     */
    JsonInput send(String method, String path, byte[] body) {
        return send(method, path, Map.of(), body);
    }

    private JsonInput send(String method, String path, Map<String, String> parameters, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path, parameters))
                .timeout(timeout)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body.length > 0) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<byte[]> answer = send(request.build());
        return answer.statusCode() < 300 ? parse(answer) : refused(answer);
    }

    private URI address(String path, Map<String, String> parameters) {
        Map<String, String> all = new TreeMap<>(parameters);
        database.ifPresent(name -> all.put("database", name));
        String query = all.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + segment(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(url.toString().replaceFirst("/+$", "") + path + (query.isEmpty() ? "" : "?" + query));
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException e) {
            throw new Unavailable(DEPENDENCY, url + " does not answer within " + timeout.toMillis() + " ms", e);
        } catch (ConnectException e) {
            throw new Unavailable(DEPENDENCY, "nothing listens at " + url, e);
        } catch (IOException e) {
            throw new Unavailable(DEPENDENCY, "the connection to " + url + " was lost", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(DEPENDENCY, "interrupted", e);
        }
    }

    private JsonInput parse(HttpResponse<byte[]> answer) {
        try {
            return JsonBytes.read(answer.body().length == 0 ? new byte[] {'{', '}'} : answer.body());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    answer.uri() + " answered " + answer.statusCode() + " and no JSON: is it a Milvuso?", e);
        }
    }

    private JsonInput refused(HttpResponse<byte[]> answer) {
        JsonNode problem = parse(answer).node();
        int status = answer.statusCode();
        String detail = problem.path("detail").asText("status " + status);
        if (status == UNSUPPORTED) {
            throw new UnsupportedOperationException(detail);
        }
        if (AWAY.contains(status)) {
            throw new AwayException(DEPENDENCY, detail, NamedPositions.of(problem.path("errors")));
        }
        if (status >= 500) {
            throw new IllegalStateException(answer.uri() + " failed with " + status + ": " + detail);
        }
        JsonNode errors = problem.path("errors");
        throw new RefusedException(
                status,
                errors.path(0).path("field").asText(""),
                detail,
                // Elsewhere such a place is what is wrong with a request of which nothing was done.
                status == CONFLICT ? NamedPositions.of(errors) : List.of());
    }
}
