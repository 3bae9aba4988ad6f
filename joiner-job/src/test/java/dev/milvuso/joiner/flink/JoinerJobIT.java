package dev.milvuso.joiner.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.action.EventId;
import dev.milvuso.component.Health;
import dev.milvuso.embedded.EmbeddedKafka;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job on a real broker: what goes in comes out joined, once, and what cannot be joined is told apart. */
class JoinerJobIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    private final MeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeAll
    static void startBroker() {
        kafka = new EmbeddedKafka(directory.resolve("kafka"), 0);
        kafka.start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void joinsAcrossARestart(String backend) throws Exception {
        try (TestTopics topics = topics("joiner.state_backend=" + backend)) {
            try (JoinerJob job = job(topics)) {
                job.start();
                assertThat(job.health()).isInstanceOf(Health.Up.class);
                for (int i = 0; i < 100; i++) {
                    sendRound(topics, i);
                }
                await().atMost(PATIENCE)
                        .until(() -> topics.poll().examplesOfEvents().size() >= 50);
            }
            for (int i = 100; i < 200; i++) {
                sendRound(topics, i);
            }
            try (JoinerJob again = job(topics)) {
                again.start();
                await().atMost(PATIENCE).until(() -> {
                    topics.beat(Instant.now().plusSeconds(60));
                    return topics.poll().examplesOfEvents().size() >= 600;
                });
            }
            assertThat(topics.examplesOfEvents().values())
                    .allSatisfy(ids -> assertThat(ids).hasSize(1));
            assertThat(topics.example("click-7").eventIds())
                    .containsExactly(new EventId("click-7"), new EventId("seen-7"));
            assertThat(topics.example("click-7").features()).contains("{\"a\":1}");
            assertThat(topics.example("unanswered-7").label()).isZero();
        }
    }

    private static void sendRound(TestTopics topics, int i) {
        Instant now = Instant.now();
        Optional<String> request = Optional.of("r" + i);
        topics.post("seen-" + i, "u" + i, "item", "Impression", request, now);
        topics.post("unanswered-" + i, "u" + i, "other", "Impression", request, now);
        topics.post("click-" + i, "u" + i, "item", "Click", request, now);
        topics.post("click-" + i, "u" + i, "item", "Click", request, now);
        topics.features("click-" + i, "u" + i, "{\"a\":1}");
        topics.flush();
    }

    /** Nothing else moves time here, and the wait for features is longer than the test. */
    @Test
    void lateActionsWaitForNothingAndAreMarkedAndCounted() throws Exception {
        try (TestTopics topics = topics("joiner.feature_wait=1m");
                JoinerJob job = job(topics)) {
            job.start();
            double before = count("milvuso.joiner.late");
            topics.post("waits", "u", "item", "Click", Optional.empty(), Instant.now());
            Instant late = Instant.now().minusSeconds(3600);
            topics.post("late-click", "u", "item", "Click", Optional.empty(), late);
            topics.post("late-impression", "u", "item", "Impression", Optional.of("r"), late);
            topics.post("late-click", "u", "item", "Click", Optional.empty(), late);

            await().atMost(PATIENCE)
                    .until(() -> topics.poll().examples().size() >= 2 && count("milvuso.joiner.late") - before >= 3);

            assertThat(topics.examples().keySet()).containsExactlyInAnyOrder("late-click", "late-impression");
            assertThat(topics.example("late-click").late()).isTrue();
            assertThat(topics.example("late-impression").late()).isTrue();
            assertThat(topics.example("late-impression").label()).isZero();
            assertThat(topics.timesWritten("late-click")).isEqualTo(1);
        }
    }

    @Test
    void anActionWithoutFeaturesGoesOnWithoutThemAndIsCounted() throws Exception {
        try (TestTopics topics = topics();
                JoinerJob job = job(topics)) {
            job.start();
            double before = count("milvuso.joiner.features.missing");
            topics.features("joined", "u", "{\"a\":1}");
            topics.post("joined", "u", "item", "Click", Optional.empty(), Instant.now());
            topics.post("unmatched", "u", "item", "Click", Optional.empty(), Instant.now());
            topics.features("of-nothing", "u", "{\"a\":1}");

            await().atMost(PATIENCE).until(() -> topics.poll().examples().size() == 2);

            assertThat(topics.example("joined").features()).contains("{\"a\":1}");
            assertThat(topics.example("unmatched").features()).isEmpty();
            assertThat(topics.example("unmatched").late()).isFalse();
            assertThat(count("milvuso.joiner.features.missing") - before).isEqualTo(1);
        }
    }

    @Test
    void recordsThatCannotBeReadAreDeadLettersAndStopNothing() throws Exception {
        try (TestTopics topics = topics();
                JoinerJob job = job(topics)) {
            job.start();
            poison(topics, topics.actions());
            topics.post("dance", "u", "item", "Dance", Optional.empty(), Instant.now());
            topics.post("rate", "u", "item", "Rate", Optional.empty(), Instant.now());
            poison(topics, topics.features());
            topics.features("click", "u", "{\"a\":\"x\"}");
            topics.features("click", "u", "{\"a\":{\"b\":1}}");
            topics.features("click", "u", "{\"a\":1}");
            topics.post("click", "u", "item", "Click", Optional.empty(), Instant.now());

            await().atMost(PATIENCE).until(() -> {
                topics.poll();
                return topics.deadLetters().size() >= 10 && !topics.examples().isEmpty();
            });

            assertThat(topics.examples().keySet()).containsExactly("click");
            assertThat(topics.example("click").features()).contains("{\"a\":1}");
            assertDeadLetters(topics, topics.actions(), 5);
            assertDeadLetters(topics, topics.features(), 5);
        }
    }

    /** An impression waits for its answer by a time that no clock can push forward. */
    @Test
    void clocksThatRunAheadCloseNoWindowsAndAreNotLearntFrom() throws Exception {
        try (TestTopics topics = topics("kafka.partitions=1", "joiner.impression_window=2m");
                JoinerJob job = job(topics)) {
            job.start();
            Instant now = Instant.now();
            long far = now.toEpochMilli() * 1000;
            topics.post("seen", "u", "item", "Impression", Optional.of("r"), now);
            topics.rawAt(now, "{\"schema\":1,\"heartbeat\":true,\"timestamp\":" + far + "}");
            topics.rawAt(now, like("accepted-ahead", now.toEpochMilli(), far));
            topics.rawAt(now.plus(Duration.ofMinutes(30)), like("logged-ahead", far, now.toEpochMilli()));
            topics.rawAt(now, like("ahead", far, now.toEpochMilli() + 60_000));
            await().atMost(PATIENCE)
                    .until(() -> topics.poll().deadLetters().size() >= 3
                            && topics.examples().containsKey("ahead"));
            topics.post("click", "u", "item", "Click", Optional.of("r"), Instant.now());
            await().atMost(PATIENCE).until(() -> topics.poll().examples().containsKey("click"));

            assertThat(topics.examples().keySet()).containsExactlyInAnyOrder("ahead", "click");
            assertThat(topics.example("ahead").timestamp()).isEqualTo(millis(now));
            assertThat(topics.example("ahead").acceptedAt()).isEqualTo(millis(now));
            assertThat(topics.example("click").eventIds()).containsExactly(new EventId("click"), new EventId("seen"));
            assertThat(topics.deadLetters().stream().map(letter -> header(letter, "milvuso-reason")))
                    .satisfiesExactlyInAnyOrder(
                            reason -> assertThat(reason).startsWith("timestamp is " + far),
                            reason -> assertThat(reason).startsWith("accepted_at is " + far),
                            reason -> assertThat(reason).startsWith("the record's time is "));
        }
    }

    private static String like(String id, long timestamp, long acceptedAt) {
        return "{\"schema\":1,\"event_id\":\"" + id + "\",\"user_id\":\"u\",\"item_id\":\"item\","
                + "\"action_type\":\"Like\",\"timestamp\":" + timestamp + ",\"accepted_at\":" + acceptedAt + "}";
    }

    private static Instant millis(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }

    private static void poison(TestTopics topics, String topic) {
        topics.raw(topic, "u", "{".getBytes(StandardCharsets.UTF_8));
        topics.raw(topic, "u", "{\"schema\":99}".getBytes(StandardCharsets.UTF_8));
        topics.raw(topic, "u", null);
    }

    private void assertDeadLetters(TestTopics topics, String topic, int expected) {
        var letters = topics.deadLetters().stream()
                .filter(letter -> letter.topic().equals(topic + ".dlq"))
                .toList();
        assertThat(letters).hasSize(expected).allSatisfy(letter -> {
            assertThat(header(letter, "milvuso-topic")).isEqualTo(topic);
            assertThat(header(letter, "milvuso-reason")).isNotBlank();
            assertThat(letter.key()).isEqualTo("u");
        });
        assertThat(letters)
                .anySatisfy(letter -> assertThat(letter.value()).isEqualTo("{".getBytes(StandardCharsets.UTF_8)));
        assertThat(metrics.get("milvuso.dlq.records")
                        .tag("topic", topic)
                        .counter()
                        .count())
                .isEqualTo(expected);
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private double count(String name) {
        return metrics.get(name).functionCounter().count();
    }

    private static TestTopics topics(String... settings) {
        return new TestTopics(kafka.bootstrap(), directory, settings);
    }

    private JoinerJob job(TestTopics topics) {
        return new JoinerJob(topics.config(), metrics);
    }
}
