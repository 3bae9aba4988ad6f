package dev.milvuso.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.FreePorts;
import dev.milvuso.vector.milvus.MilvusServer;
import java.io.File;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The deployables as processes of their own, with a Milvus between them: the loop closes, and each ends when told to.
 */
class DeployablesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofSeconds(90);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();

    @Test
    void fourProcessesLearnTogetherAndStopInGoodOrder(@TempDir Path directory) throws Exception {
        String milvus = MilvusServer.shared().uri();
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), List.of("server.port=0"));
        try (Infrastructure services = Infrastructure.start(directory.resolve("data"), config)) {
            List<String> settings = new ArrayList<>(services.settings());
            settings.addAll(List.of(
                    "milvus.backend=milvus",
                    "milvus.uri=" + milvus,
                    "kafka.acknowledge_timeout=20s",
                    "server.request_deadline=5s"));
            String server = "http://127.0.0.1:" + start(directory, settings, "server.port", "server");
            String trainer = "http://127.0.0.1:" + start(directory, settings, "management.port", "trainer");
            String joiner = "http://127.0.0.1:" + start(directory, settings, "management.port", "joiner");
            String worker = "http://127.0.0.1:"
                    + start(directory, settings, "management.port", "worker", "--worker-type", "feature");
            for (String url : List.of(server, trainer, joiner, worker)) {
                await(url).atMost(LONG).until(() -> status(url + "/health/ready") == 200);
            }
            assertThat(post(server + "/items", items())).isEqualTo(201);
            assertThat(post(server + "/actions", likes())).isEqualTo(202);
            await().atMost(LONG)
                    .until(
                            () -> recommended(server).path("tier").asText(),
                            tier -> tier.equals("memory") || tier.equals("milvus"));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(get(trainer + "/metrics").body())
                            .contains("milvuso_training_examples_applied_total 400.0"));
            assertThat(JSON.readTree(get(server + "/health").body())
                            .at("/components/milvus/status")
                            .asText())
                    .isEqualTo("UP");
            processes.forEach(Process::destroy);
            for (Process process : processes) {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    /** @return the port that it was told to listen on */
    private int start(Path directory, List<String> settings, String portKey, String... command) throws IOException {
        int port = FreePorts.orFree(0);
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.util=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.milvuso.standalone.command.Milvuso"));
        all.addAll(List.of(command));
        settings.forEach(setting -> all.addAll(List.of("--set", setting)));
        all.addAll(List.of("--set", portKey + "=" + port));
        File log = directory.resolve(command[0] + ".log").toFile();
        processes.add(new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start());
        return port;
    }

    private static String items() {
        List<String> items = new ArrayList<>();
        for (int item = 0; item < 40; item++) {
            items.add("{\"item_id\":\"item-" + item + "\"}");
        }
        return items.toString();
    }

    /** 40 users, ten likes each, each of their own kind: even items or odd ones. */
    private static String likes() {
        List<String> likes = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int user = i % 40;
            int item = (2 * (i / 40) + user / 2 * 2 + user % 2) % 40;
            likes.add("{\"user_id\":\"user-" + user + "\",\"item_id\":\"item-" + item + "\",\"action_type\":\"Like\"}");
        }
        return likes.toString();
    }

    private JsonNode recommended(String server) throws IOException, InterruptedException {
        return JSON.readTree(
                get(server + "/recommendations/user-1?num_recommendations=5").body());
    }

    private int status(String url) throws InterruptedException {
        try {
            return get(url).statusCode();
        } catch (IOException e) {
            return 0; // not listening yet
        }
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private int post(String url, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }
}
