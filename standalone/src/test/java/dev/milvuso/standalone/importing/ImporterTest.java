package dev.milvuso.standalone.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.milvuso.config.ConfigException;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that refuses on demand, which the real one does not. */
class ImporterTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory = Path.of("");

    private final Deque<Refusal> refusals = new ArrayDeque<>();
    private final List<JsonNode> taken = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final StringWriter acknowledged = new StringWriter();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private HttpServer server = serverOnAnyPort();

    private record Refusal(int status, String retryAfter) {}

    private static HttpServer serverOnAnyPort() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void listen() {
        server.createContext("/actions", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        Refusal refusal = refusals.poll();
        if (refusal != null) {
            exchange.getResponseHeaders().set("Retry-After", refusal.retryAfter());
            send(exchange, refusal.status(), "{}");
            return;
        }
        for (int i = 0; i < body.size(); i++) {
            if (body.get(i).path("item_id").asText().equals("bad")) {
                String errors = "[{\"field\":\"[" + i + "].item_id\",\"message\":\"is bad\"}]";
                send(exchange, 400, "{\"detail\":\"wrong\",\"errors\":" + errors + "}");
                return;
            }
        }
        assertThat(body.size()).isBetween(1, 1000);
        StringBuilder ids = new StringBuilder();
        for (JsonNode action : body) {
            taken.add(action);
            ids.append(ids.length() == 0 ? "" : ",").append(action.get("event_id"));
        }
        send(exchange, 202, "{\"accepted\":" + body.size() + ",\"event_ids\":[" + ids + "]}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Outcome.Counts run(OnError onError, int connections, Path... files) throws InterruptedException {
        return run(Duration.ofMinutes(1), onError, connections, files);
    }

    /** @param patience with a server that takes nothing */
    private Outcome.Counts run(Duration patience, OnError onError, int connections, Path... files)
            throws InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        Poster poster = new Poster(url, patience, notices::add);
        Outcome outcome = new Outcome(acknowledged, notices::add);
        new Importer(DataFormat.ADJACENCY, onError, poster, outcome, connections).run(List.of(files));
        return outcome.counts();
    }

    @Test
    void everyUsersActionsArriveInTheOrderOfTheFilesThroughManyConnections() throws Exception {
        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();
        for (int round = 0; round < 600; round++) {
            for (int user = 0; user < 13; user++) {
                (round < 300 ? first : second).append("u" + user + " " + round + "\n");
            }
        }
        Path one = Files.writeString(directory.resolve("one"), first);
        Path two = Files.writeString(directory.resolve("two"), second);
        assertThat(run(OnError.FAIL, 4, one, two).actions()).isEqualTo(7800);
        Map<String, Integer> next = new HashMap<>();
        for (JsonNode action : taken) {
            String user = action.get("user_id").asText();
            assertThat(action.get("item_id").asInt()).isEqualTo(next.merge(user, 1, Integer::sum) - 1);
        }
        assertThat(acknowledged.toString().lines()).hasSize(7800).doesNotHaveDuplicates();
    }

    @Test
    void aServerThatIsBusyIsAskedAgainAfterTheTimeItNames() throws Exception {
        refusals.add(new Refusal(429, "1"));
        refusals.add(new Refusal(503, "0"));
        Path file = Files.writeString(directory.resolve("a"), "u i\n");
        long started = System.nanoTime();
        assertThat(run(OnError.FAIL, 1, file).actions()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(taken).hasSize(1);
        assertThat(notices).singleElement().asString().contains("it answers 429");
    }

    @Test
    void aServerThatStaysBusyIsGivenUpWithoutAnythingAcknowledged() throws Exception {
        for (int i = 0; i < 100; i++) {
            refusals.add(new Refusal(503, "0"));
        }
        Path file = Files.writeString(directory.resolve("a"), "u i\n");
        assertThatThrownBy(() -> run(Duration.ofSeconds(2), OnError.FAIL, 1, file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("took nothing for 2 s, it answers 503: run the same command again");
        assertThat(acknowledged.toString()).isEmpty();
    }

    @Test
    void whatTheServerRefusesIsNamedAndTheRestIsTaken() throws Exception {
        Path file = Files.writeString(directory.resolve("a"), "u i\nu bad\nv j\nw bad\n");
        Outcome.Counts counts = run(OnError.SKIP, 1, file);
        assertThat(counts.actions()).isEqualTo(2);
        assertThat(counts.rejected()).isEqualTo(2);
        assertThat(taken).hasSize(2);
        assertThat(notices)
                .containsExactly(
                        "rejected: " + file + " line 2: item_id is bad",
                        "rejected: " + file + " line 4: item_id is bad");
    }

    @Test
    void whatTheServerRefusesEndsTheImportUnlessItIsToBeSkipped() throws Exception {
        Path file = Files.writeString(directory.resolve("a"), "u i\nu bad\n");
        assertThatThrownBy(() -> run(OnError.FAIL, 1, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + " line 2: item_id is bad");
        assertThat(acknowledged.toString()).isEmpty();
    }

    @Test
    void anotherKindOfServerIsNotWaitedFor() throws Exception {
        refusals.add(new Refusal(404, "0"));
        Path file = Files.writeString(directory.resolve("a"), "u i\n");
        assertThatThrownBy(() -> run(OnError.FAIL, 1, file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("answers 404: --url must name a recommender server");
    }
}
