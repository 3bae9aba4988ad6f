package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import dev.milvuso.vector.VectorStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A server on a free port, and a client of it. Every answer must be one that the OpenAPI document names. */
final class ServerFixture implements AutoCloseable {
    static final ModelVersion VERSION = new ModelVersion("v1");

    private static final ObjectMapper JSON = new ObjectMapper();

    final Config config;
    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final RecommenderServer server;
    final Database database;
    private final Documented documented = new Documented();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ServerFixture(VectorStore store, List<String> settings) {
        config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
        database = new Database(config.postgres(), "test");
        server = new RecommenderServer(config, new KafkaClients(config.kafka()), database, store, metrics);
    }

    /**
     * Settings that point at the services. Waits for them are long, so that a busy machine changes no answer.
     *
     * @param name keeps topics and tables apart from those of other tests
     */
    static List<String> settings(EmbeddedServices services, String name, String... more) {
        schema(services, name);
        List<String> settings = new ArrayList<>(List.of(
                "server.port=0",
                "milvus.dimension=2",
                "recommendation.embedding_dim=2",
                "server.request_deadline=10s",
                "kafka.acknowledge_timeout=10s",
                "redis.timeout=5s",
                "milvus.read_deadline=10s",
                "postgres.read_deadline=10s",
                "kafka.brokers=" + services.kafka().bootstrap(),
                "kafka.log_topic=" + name + "_actions",
                "kafka.embedding_topic=" + name + "_embeddings",
                "redis.port=" + services.redis().port(),
                "postgres.url=" + services.postgres().url() + "?currentSchema=" + name,
                "postgres.user=" + services.postgres().user(),
                "postgres.password=" + services.postgres().password()));
        settings.addAll(List.of(more));
        return settings;
    }

    private static void schema(EmbeddedServices services, String name) {
        var postgres = services.postgres();
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("no schema " + name, e);
        }
    }

    ServerFixture start() {
        server.start();
        return this;
    }

    CompletableFuture<HttpResponse<String>> later(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((answer, failure) -> {
            if (answer != null) {
                documented.check(method, path, answer.statusCode());
            }
        });
    }

    HttpResponse<String> send(String method, String path, String body) {
        return later(method, path, body).join();
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    /** The body of an answer that must be 200. */
    JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    JsonNode recommendations(String user) throws Exception {
        return json("/recommendations/" + user);
    }

    static List<String> items(JsonNode list) {
        return list.get("recommendations")
                .valueStream()
                .map(each -> each.get("item_id").textValue())
                .toList();
    }

    int act(String user, String item) {
        return send("POST", "/actions", action(user, item)).statusCode();
    }

    static String action(String user, String item) {
        return "{\"user_id\":\"" + user + "\",\"item_id\":\"" + item + "\",\"action_type\":\"Like\"}";
    }

    /** The sum of all samples of this name whose labels hold the text. */
    double metric(String name, String labels) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> (line.startsWith(name + "{") || line.startsWith(name + " ")) && line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /**
     * Publishes what a trainer would. Items are on the log before anything that follows them, whatever its partition: a
     * list that a user's vector makes personal is kept, with the items that are known by then.
     */
    void publish(EmbeddingRecord... rows) {
        var topic = config.topics().embeddings();
        try (Producer<String, byte[]> producer = new KafkaClients(config.kafka()).producer("test")) {
            boolean followsItem = false;
            for (EmbeddingRecord row : rows) {
                boolean isItem = row instanceof Embedding embedding && embedding.kind() == Kind.ITEM;
                if (followsItem && !isItem) {
                    producer.flush();
                }
                followsItem = isItem;
                var unused = producer.send(new ProducerRecord<>(
                        topic.name(), topic.key().apply(row), topic.codec().encode(row)));
            }
        }
    }

    static Embedding item(String id, float... vector) {
        return new Embedding(VERSION, Kind.ITEM, id, vector, 0, 1, 1, 0);
    }

    static Embedding user(String id, long step, float... vector) {
        return new Embedding(VERSION, Kind.USER, id, vector, 0, 1, step, 0);
    }

    static Activation activation() {
        return new Activation(VERSION, 1);
    }

    /** Gives nothing up that the server was given. */
    @Override
    public void close() {
        server.close();
        database.close();
    }
}
