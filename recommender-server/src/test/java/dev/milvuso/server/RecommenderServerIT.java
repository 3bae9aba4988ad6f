package dev.milvuso.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.action.Action;
import dev.milvuso.action.Heartbeat;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.server.sync.kafka.Start;
import dev.milvuso.server.sync.kafka.TopicFollower;
import dev.milvuso.vector.SwitchedStore;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith(SharedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecommenderServerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SwitchedStore store = TrainedStore.empty();
    private final List<UserEvent> logged = new CopyOnWriteArrayList<>();
    private EmbeddedServices services;
    private ServerFixture server;
    private TopicFollower<UserEvent> log;

    @BeforeAll
    void start(EmbeddedServices services) {
        this.services = services;
        server = new ServerFixture(store, ServerFixture.settings(services, "server")).start();
        log = new TopicFollower<>(
                () -> new KafkaClients(server.config.kafka()).consumer("test"),
                server.config.topics().userActions(),
                Start.earliest(),
                logged::add,
                record -> false,
                (reader, malformed, reason) -> {});
        log.start();
        await().atMost(PATIENCE).until(() -> server.get("/health/ready").statusCode() == 200);
    }

    @AfterAll
    void stop() {
        log.close();
        server.close();
        store.close();
    }

    private void items(String... ids) {
        for (String id : ids) {
            assertThat(server.send("POST", "/items", "{\"item_id\":\"" + id + "\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void whatWasAnsweredWith202IsOnTheLog() throws Exception {
        HttpResponse<String> taken = server.send(
                "POST",
                "/actions",
                "[" + ServerFixture.action("logged", "x") + "," + ServerFixture.action("logged", "y") + "]");
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(taken.body()).contains("\"accepted\":2");
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<Action> actions = logged.stream()
                    .filter(event -> event instanceof Action action
                            && action.userId().value().equals("logged"))
                    .map(Action.class::cast)
                    .toList();
            assertThat(actions).hasSize(2).allSatisfy(action -> {
                assertThat(action.type()).isEqualTo("Like");
                assertThat(taken.body()).contains(action.eventId().value());
            });
        });
        await().atMost(PATIENCE).until(() -> logged.stream().anyMatch(Heartbeat.class::isInstance));
    }

    @Test
    void vectorsChangeWhatIsRecommendedAndAnActionHidesTheItem() throws Exception {
        items("v1", "v/2");
        server.publish(
                ServerFixture.item("v1", 1, 0),
                ServerFixture.item("v/2", 0, 1),
                ServerFixture.user("taste", 1, 2, 1),
                ServerFixture.activation());
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode list = server.recommendations("taste");
            assertThat(list.get("tier").textValue()).isEqualTo("memory");
            assertThat(list.get("model_version").textValue()).isEqualTo("v1");
            assertThat(ServerFixture.items(list)).startsWith("v1", "v/2");
        });
        assertThat(server.act("taste", "v1")).isEqualTo(202);
        JsonNode list = server.recommendations("taste");
        assertThat(ServerFixture.items(list)).doesNotContain("v1");
        await().atMost(PATIENCE)
                .until(() -> logged.stream()
                        .anyMatch(event -> event instanceof ServedList served
                                && served.requestId()
                                        .value()
                                        .equals(list.get("request_id").textValue())));
        server.publish(ServerFixture.user("taste", 2, 1, 2));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.recommendations("taste")
                                .at("/recommendations/0/score")
                                .floatValue())
                        .isEqualTo(2));
    }

    @Test
    void anItemThatIsDeletedOrHiddenIsServedNoMore() throws Exception {
        items("gone", "stays", "veiled");
        server.publish(
                ServerFixture.item("gone", -9, 0),
                ServerFixture.item("stays", -8, 0),
                ServerFixture.item("veiled", -7, 0),
                ServerFixture.user("looker", 1, -1, 0),
                ServerFixture.activation());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ServerFixture.items(server.recommendations("looker")))
                        .startsWith("gone", "stays", "veiled"));
        assertThat(server.send("DELETE", "/items/gone", "").statusCode()).isEqualTo(204);
        assertThat(server.send("POST", "/items", "{\"item_id\":\"veiled\",\"hidden\":true}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(ServerFixture.items(server.recommendations("looker")))
                .startsWith("stays")
                .doesNotContain("gone", "veiled");
        assertThat(server.get("/items/gone").statusCode()).isEqualTo(404);
        assertThat(server.get("/items/veiled").body()).contains("\"hidden\":true");
    }

    @Test
    void aRecordThatIsNoEmbeddingIsPutAsideAndStopsNothing() {
        double before = server.metric("milvuso_dlq_records_total", "server_embeddings");
        try (Producer<String, byte[]> producer = new KafkaClients(server.config.kafka()).producer("test")) {
            var unused = producer.send(new ProducerRecord<>("server_embeddings", "poison", new byte[] {1, 2, 3}));
        }
        await().atMost(PATIENCE)
                .until(() -> server.metric("milvuso_dlq_records_total", "server_embeddings") == before + 1);
        server.publish(ServerFixture.item("healthy", 1, 0), ServerFixture.user("after", 1, 1, 0));
        server.publish(ServerFixture.activation());
        items("healthy");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                server.recommendations("after").get("tier").textValue())
                        .isEqualTo("memory"));
    }

    @Test
    void anItemIsAmongThePopularSoonAfterItsFirstActions() throws Exception {
        items("newcomer");
        server.database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into item_statistics values"
                    + " ('newcomer', 3, 0, 3, 1000000, now()), ('not-in-the-catalogue', 3, 0, 3, 2000000, now())")) {
                return insert.executeUpdate();
            }
        });
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(ServerFixture.items(server.json("/popular"))).startsWith("newcomer"));
    }

    @Test
    void itemsAreKeptAsTheyWerePosted() throws Exception {
        String body = "{\"item_id\":\"a/b%c+d\",\"category\":\"c\",\"tags\":[\"t\"],\"popularity_score\":1.5,"
                + "\"title\":\"\\u00e4\\ud83d\\ude00\",\"attributes\":{\"n\":{\"deep\":[1,true]}},\"embedding\":[1,0.5]}";
        assertThat(server.send("POST", "/items", body).statusCode()).isEqualTo(201);
        assertThat(server.send("POST", "/items", body).statusCode()).isEqualTo(200);
        JsonNode item = server.json("/items/a%2Fb%25c+d");
        assertThat(item.get("title").textValue()).isEqualTo("\u00e4\ud83d\ude00");
        assertThat(item.at("/attributes/n/deep").toString()).isEqualTo("[1,true]");
        assertThat(item.get("embedding").toString()).isEqualTo("[1.0,0.5]");
    }

    /** What is at the edge of what is taken goes through PostgreSQL and comes back in another instance as it was. */
    @Test
    void whatIsTakenIsRefusedByNoStore() throws Exception {
        String item =
                ("{'item_id':'\u202e\uffff\ud83d\ude00','category':'\\u0001','tags':['\\n','\ufeff'],'title':'\\u0085',"
                                + "'popularity_score':4.9E-324,'created_at':'0001-01-01T00:00:00Z','embedding':[1.4E-45,1E15],"
                                + "'attributes':{'n':[1E308,5E-324,0." + "1".repeat(100)
                                + ",-0.0,1.50,0E400],'\\u0007':'\\u001b'}}")
                        .replace('\'', '"');
        String late = "{\"item_id\":\"late\",\"created_at\":\"9999-12-31T23:59:59.999999Z\"}";
        assertThat(server.send("POST", "/items", "[" + item + "," + late + "]").statusCode())
                .isEqualTo(201);
        String path = "/items/" + URLEncoder.encode("\u202e\uffff\ud83d\ude00", StandardCharsets.UTF_8);
        try (ServerFixture second = new ServerFixture(store, ServerFixture.settings(services, "server")).start()) {
            await().atMost(PATIENCE).until(() -> second.get("/health/ready").statusCode() == 200);
            for (ServerFixture each : List.of(server, second)) {
                JsonNode kept = each.json(path);
                assertThat(kept.get("category").textValue()).isEqualTo("\u0001");
                assertThat(kept.get("tags").toString()).isEqualTo("[\"\\n\",\"\ufeff\"]");
                assertThat(kept.get("title").textValue()).isEqualTo("\u0085");
                assertThat(kept.get("popularity_score").doubleValue()).isEqualTo(Double.MIN_VALUE);
                assertThat(kept.get("created_at").textValue()).isEqualTo("0001-01-01T00:00:00Z");
                assertThat(kept.at("/embedding/0").floatValue()).isEqualTo(Float.MIN_VALUE);
                assertThat(kept.at("/attributes/n").valueStream().map(JsonNode::doubleValue))
                        .containsExactly(1e308, Double.MIN_VALUE, 1.0 / 9, 0.0, 1.5, 0.0);
                assertThat(kept.at("/attributes/\u0007").textValue()).isEqualTo("\u001b");
                assertThat(each.json("/items/late").get("created_at").textValue())
                        .isEqualTo("9999-12-31T23:59:59.999999Z");
            }
        }
    }

    @Test
    void anActionAtTheEdgeOfWhatIsTakenComesBackFromTheLog() {
        String body =
                "{\"user_id\":\"\u202e\ud83d\ude00\",\"item_id\":\"\uffff\",\"action_type\":\"vIEW\",\"value\":-1e308,"
                        + "\"timestamp\":\"0001-01-01T00:00:00Z\",\"context\":{\"\\n\":\"\\u0001\",\"n\":0."
                        + "1".repeat(100) + "}}";
        assertThat(server.send("POST", "/actions", body).statusCode()).isEqualTo(202);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(logged)
                        .filteredOn(Action.class::isInstance)
                        .map(Action.class::cast)
                        .filteredOn(action -> action.itemId().value().equals("\uffff"))
                        .singleElement()
                        .satisfies(action -> {
                            assertThat(action.userId().value()).isEqualTo("\u202e\ud83d\ude00");
                            assertThat(action.type()).isEqualTo("View");
                            assertThat(action.value()).hasValue(-1e308);
                            assertThat(action.timestamp()).isEqualTo("0001-01-01T00:00:00Z");
                            assertThat(action.context()).isEqualTo(Map.of("\n", "\u0001", "n", "0." + "1".repeat(100)));
                        }));
    }

    @Test
    void theMetricsOfTheContractAreThereFromTheStart() {
        String metrics = server.get("/metrics").body();
        assertThat(metrics)
                .contains(
                        "milvuso_http_server_requests_seconds_bucket{",
                        "milvuso_actions_accepted_total",
                        "milvuso_recommendations_served_total{source=\"personal\",tier=\"memory\"}",
                        "milvuso_recommendations_served_total{source=\"popular\",tier=\"fallback\"}",
                        "milvuso_cache_requests_total{result=\"hit\",tier=\"memory\"}",
                        "milvuso_cache_requests_total{result=\"error\",tier=\"redis\"}",
                        "milvuso_cache_requests_total{result=\"miss\",tier=\"milvus\"}",
                        "milvuso_freshness_seconds_bucket{",
                        "milvuso_dlq_records_total{topic=\"server_embeddings\"}",
                        "milvuso_dependency_up{name=\"kafka\"}",
                        "jvm_memory_used_bytes{",
                        "jvm_gc_",
                        "jvm_threads_live_threads",
                        "process_cpu_usage",
                        "process_uptime_seconds");
        assertThat(metrics.lines())
                .filteredOn(line -> line.startsWith("# HELP milvuso_"))
                .hasSizeGreaterThanOrEqualTo(9)
                .allMatch(line -> line.matches("# HELP \\w+ .*\\w.*"));
        assertThat(metrics).doesNotContain("looker", "taste", "newcomer");
    }

    @Test
    void aServerThatStopsSaysNothingOfErrors() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        root.addAppender(events);
        try (ServerFixture second = new ServerFixture(store, ServerFixture.settings(services, "server"))) {
            second.start();
            await().atMost(PATIENCE).until(() -> second.get("/health/ready").statusCode() == 200);
        } finally {
            root.detachAppender(events);
        }
        assertThat(events.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }
}
