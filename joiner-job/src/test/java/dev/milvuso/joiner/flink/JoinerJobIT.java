package dev.milvuso.joiner.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.action.Action;
import dev.milvuso.action.EventId;
import dev.milvuso.action.Heartbeat;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserEventCodec;
import dev.milvuso.action.UserId;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.component.Health;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.example.TrainingExampleCodec;
import dev.milvuso.feature.FeatureSnapshot;
import dev.milvuso.feature.FeatureSnapshotCodec;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a real broker: what goes in comes out joined, and a restart loses and doubles nothing. */
class JoinerJobIT {
    @TempDir
    private static Path directory;

    private static TestKafka kafka;
    private static Config config;
    private static KafkaProducer<String, byte[]> producer;
    private static KafkaConsumer<String, byte[]> consumer;

    private final Map<String, Set<String>> examplesOfEvents = new HashMap<>();
    private final Map<String, TrainingExample> examples = new HashMap<>();

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = new TestKafka(directory.resolve("kafka"));
        config = ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                List.of(
                        "kafka.brokers=" + kafka.brokers(),
                        "kafka.partitions=2",
                        "joiner.feature_wait=300ms",
                        "joiner.impression_window=2s",
                        "joiner.out_of_orderness=0s",
                        "joiner.checkpoint_interval=200ms",
                        "joiner.checkpoint_directory=" + directory.resolve("checkpoints")));
        KafkaClients clients = new KafkaClients(config.kafka());
        TopicCreator.createMissing(config.kafka(), config.topics(), "test");
        producer = clients.producer("test");
        consumer = clients.consumer("test");
        consumer.subscribe(List.of("training_examples", "user_actions.dlq"));
    }

    @AfterAll
    static void stopBroker() {
        consumer.close();
        producer.close();
        kafka.close();
    }

    @Test
    void joinsAcrossARestartAndPutsAsideWhatItCannotRead() throws Exception {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        JoinerJob job = new JoinerJob(config, metrics);
        job.start();
        assertThat(job.health()).isInstanceOf(Health.Up.class);
        for (int i = 0; i < 200; i++) {
            sendRound(i, Instant.now());
        }
        var unused = producer.send(new ProducerRecord<>("user_actions", "u", "{".getBytes(StandardCharsets.UTF_8)));
        await().atMost(Duration.ofSeconds(30)).until(() -> poll() >= 50);
        job.close();
        for (int i = 200; i < 400; i++) {
            sendRound(i, Instant.now());
        }
        try (JoinerJob again = new JoinerJob(config, metrics)) {
            again.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                beat();
                return poll() >= 1200;
            });
        }
        assertThat(examplesOfEvents.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
        assertThat(example("click-7").eventIds()).containsExactly(new EventId("click-7"), new EventId("seen-7"));
        assertThat(example("click-7").features()).contains("{\"a\":1}");
        assertThat(example("unanswered-7").label()).isZero();
        assertThat(letters).isEqualTo(1);
        assertThat(metrics.get("milvuso.dlq.records")
                        .tag("topic", "user_actions")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    private int letters;

    private TrainingExample example(String id) {
        return Objects.requireNonNull(examples.get(id), id);
    }

    private static void sendRound(int i, Instant now) {
        send("u" + i, action("seen-" + i, i, "item", "Impression", now));
        send("u" + i, action("unanswered-" + i, i, "other", "Impression", now));
        send("u" + i, action("click-" + i, i, "item", "Click", now.plusMillis(1)));
        send("u" + i, action("click-" + i, i, "item", "Click", now.plusMillis(1)));
        FeatureSnapshot snapshot = new FeatureSnapshot(
                new EventId("click-" + i), new UserId("u" + i), new ItemId("item"), now, "{\"a\":1}");
        var unused =
                producer.send(new ProducerRecord<>("features", "u" + i, new FeatureSnapshotCodec().encode(snapshot)));
        producer.flush();
    }

    private static Action action(String id, int user, String item, String type, Instant at) {
        return new Action(
                new EventId(id),
                new UserId("u" + user),
                new ItemId(item),
                type,
                at,
                at,
                Optional.of(new RequestId("r" + user)),
                OptionalDouble.empty(),
                Map.of());
    }

    private static void send(String key, UserEvent event) {
        var unused = producer.send(new ProducerRecord<>("user_actions", key, new UserEventCodec().encode(event)));
    }

    private static void beat() {
        byte[] beat = new UserEventCodec().encode(new Heartbeat(Instant.now()));
        for (int partition = 0; partition < 2; partition++) {
            var unused = producer.send(new ProducerRecord<>("user_actions", partition, "", beat));
        }
    }

    private int poll() throws MalformedRecordException {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            if (record.topic().endsWith(".dlq")) {
                letters++;
                continue;
            }
            TrainingExample example = new TrainingExampleCodec().decode(record.value());
            examples.merge(
                    example.exampleId(),
                    example,
                    (a, b) -> a.eventIds().size() > b.eventIds().size() ? a : b);
            example.eventIds()
                    .forEach(event -> examplesOfEvents
                            .computeIfAbsent(event.value(), key -> new HashSet<>())
                            .add(example.exampleId()));
        }
        return examplesOfEvents.size();
    }
}
