package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.EmbeddingRecord;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.postgres.Database;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecommenderServerIT {
    private static final ModelVersion VERSION = new ModelVersion("v1");

    private final HttpClient http = HttpClient.newHttpClient();
    private final SwitchedStore store = new SwitchedStore();
    private EmbeddedServices services;
    private Config config;
    private Database database;
    private RecommenderServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        services = EmbeddedServices.start(directory);
        config = ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                List.of(
                        "server.port=0",
                        "server.max_body_bytes=200000",
                        "milvus.dimension=2",
                        "recommendation.embedding_dim=2",
                        "kafka.brokers=" + services.kafka().bootstrap(),
                        "redis.port=" + services.redis().port(),
                        "postgres.url=" + services.postgres().url(),
                        "postgres.user=" + services.postgres().user(),
                        "postgres.password=" + services.postgres().password()));
        database = new Database(config.postgres(), "test");
        server = new RecommenderServer(
                config,
                new KafkaClients(config.kafka()),
                database,
                store,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        server.start();
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
        services.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /actions | {                                                             | 400 | not valid JSON",
                "POST | /actions | {\"user_id\":1,\"item_id\":\"i\",\"action_type\":\"View\"}    | 400 | user_id",
                "POST | /actions | {\"user_id\":\"u\",\"action_type\":\"View\"}                  | 400 | item_id",
                "POST | /actions | {\"user_id\":\"u\",\"item_id\":\"i\",\"action_type\":\"Nod\"} | 400 | AddToCart",
                "POST | /actions | [{\"user_id\":\"u\",\"item_id\":\"i\",\"action_type\":\"View\",\"x\":1}] | 400 | [0].x",
                "POST | /actions | {\"user_id\":\"u\",\"item_id\":\"i\",\"action_type\":\"Rate\",\"value\":6} | 400 | value",
                "POST | /actions | {\"user_id\":\"u\",\"item_id\":\"i\",\"action_type\":\"View\",\"timestamp\":\"2999-01-01T00:00:00Z\"} | 400 | timestamp",
                "POST | /items | {\"item_id\":\"i\",\"embedding\":[1]}       | 400 | embedding",
                "POST | /items | {\"item_id\":\"i\",\"embedding\":[1,NaN]}   | 400 | not valid JSON",
                "POST | /items | {\"item_id\":\"i\",\"embedding\":[1,1e39]}  | 400 | embedding[1]",
                "GET  | /recommendations/u?n=1 | ``                          | 400 | n",
                "GET  | /nowhere               | ``                          | 404 | Not Found",
                "PUT  | /actions               | ``                          | 405 | Method",
            })
    void aWrongRequestIsRefusedWithAProblemThatNamesWhatIsWrong(
            String method, String path, String body, int status, String named) throws Exception {
        HttpResponse<String> answer = send(method, path, body == null ? "" : body);
        assertThat(answer.body()).contains(named);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void tooManyActionsAndTooLargeABodyAre413() throws Exception {
        String many = "[" + "{},".repeat(1000) + "{}]";
        assertThat(send("POST", "/actions", many).statusCode()).isEqualTo(413);
        assertThat(send("POST", "/actions", " ".repeat(200001)).statusCode()).isEqualTo(413);
    }

    @Test
    void vectorsChangeWhatIsRecommendedAndAnActionHidesTheItem() throws Exception {
        assertThat(send("POST", "/items", "[{\"item_id\":\"a\"},{\"item_id\":\"b/c\"}]")
                        .statusCode())
                .isEqualTo(201);
        assertThat(send("POST", "/items", "{\"item_id\":\"a\"}").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/items/b%2Fc", "").statusCode()).isEqualTo(200);
        try (Producer<String, byte[]> producer = new KafkaClients(config.kafka()).producer("test")) {
            publish(producer, new Embedding(VERSION, Kind.ITEM, "a", new float[] {1, 0}, 0, 1, 1, 0));
            publish(producer, new Embedding(VERSION, Kind.ITEM, "b/c", new float[] {0, 1}, 0, 1, 1, 0));
            publish(producer, new Embedding(VERSION, Kind.USER, "u", new float[] {2, 1}, 0, 1, 1, 0));
            publish(producer, new Activation(VERSION, 1));
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(send("GET", "/recommendations/u", "").body())
                                .contains("\"tier\":\"memory\"")
                                .contains("\"item_id\":\"a\",\"rank\":1")
                                .contains("\"item_id\":\"b/c\",\"rank\":2"));
        HttpResponse<String> taken =
                send("POST", "/actions", "{\"user_id\":\"u\",\"item_id\":\"a\",\"action_type\":\"like\"}");
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(taken.body()).contains("\"accepted\":1");
        assertThat(send("GET", "/recommendations/u", "").body()).doesNotContain("\"item_id\":\"a\"");
        HttpResponse<String> stranger = send("GET", "/recommendations/stranger", "");
        assertThat(stranger.statusCode()).isEqualTo(200);
        assertThat(stranger.body()).contains("\"tier\":\"fallback\"").contains("milvus");
        assertThat(send("DELETE", "/items/b%2Fc", "").statusCode()).isEqualTo(204);
        assertThat(send("GET", "/items/b%2Fc", "").statusCode()).isEqualTo(404);
    }

    private void publish(Producer<String, byte[]> producer, EmbeddingRecord row) {
        var topic = config.topics().embeddings();
        var unused = producer.send(new ProducerRecord<>(
                topic.name(), topic.key().apply(row), topic.codec().encode(row)));
    }

    @Test
    void everyRouteIsReachable() throws Exception {
        for (String path : List.of("/health/live", "/metrics", "/openapi.json", "/popular")) {
            assertThat(send("GET", path, "").statusCode()).as(path).isEqualTo(200);
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> send("GET", "/health/ready", "").statusCode() == 200);
    }
}
