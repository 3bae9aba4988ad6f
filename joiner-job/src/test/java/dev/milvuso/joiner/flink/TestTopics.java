package dev.milvuso.joiner.flink;

import static org.awaitility.Awaitility.await;

import dev.milvuso.action.Action;
import dev.milvuso.action.EventId;
import dev.milvuso.action.Heartbeat;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserEventCodec;
import dev.milvuso.action.UserId;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.example.TrainingExampleCodec;
import dev.milvuso.feature.FeatureSnapshot;
import dev.milvuso.feature.FeatureSnapshotCodec;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The joiner's topics on a real broker under names of their own: writes what goes in, gathers what comes out. */
final class TestTopics implements AutoCloseable {
    private final String name = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> settings;
    private final Config config;
    private final KafkaClients clients;
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Set<String>> examplesOfEvents = new LinkedHashMap<>();
    private final Map<String, TrainingExample> examples = new LinkedHashMap<>();
    private final Map<String, Integer> timesWritten = new HashMap<>();
    private final List<ConsumerRecord<String, byte[]>> deadLetters = new ArrayList<>();

    /**
     * @param more {@code section.key=value}, besides those that make the joiner quick and name its topics. Only the
     *     wait for features is not short: on a busy machine the two topics are read apart from each other
     */
    TestTopics(String brokers, Path directory, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "kafka.brokers=" + brokers,
                "kafka.partitions=2",
                "kafka.log_topic=" + name + "_actions",
                "kafka.feature_topic=" + name + "_features",
                "kafka.training_topic=" + name + "_examples",
                "kafka.embedding_topic=" + name + "_embeddings",
                "joiner.feature_wait=5s",
                "joiner.impression_window=5s",
                "joiner.out_of_orderness=0s",
                "joiner.checkpoint_interval=200ms",
                "joiner.checkpoint_directory=" + directory.resolve(name)));
        all.addAll(Arrays.asList(more));
        settings = List.copyOf(all);
        config = ConfigLoader.load(Optional.empty(), Map.of(), all);
        TopicCreator.createMissing(config.kafka(), config.topics(), "test");
        clients = new KafkaClients(config.kafka());
        producer = clients.producer(name);
        consumer = newConsumer();
    }

    Config config() {
        return config;
    }

    List<String> settings() {
        return settings;
    }

    String actions() {
        return name + "_actions";
    }

    String features() {
        return name + "_features";
    }

    /** More partitions of the actions and the examples. The clients are new ones: old ones see it after seconds. */
    void grow(int partitions) throws Exception {
        List<String> growing = List.of(actions(), name + "_examples");
        try (Admin admin = clients.admin("test")) {
            Map<String, NewPartitions> more = new HashMap<>();
            growing.forEach(topic -> more.put(topic, NewPartitions.increaseTo(partitions)));
            admin.createPartitions(more).all().get(30, TimeUnit.SECONDS);
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            admin.describeTopics(growing).allTopicNames().get(30, TimeUnit.SECONDS).values().stream()
                                    .allMatch(topic -> topic.partitions().size() == partitions));
        }
        producer.close();
        producer = clients.producer(name);
        consumer.commitSync();
        consumer.close();
        consumer = newConsumer();
    }

    private KafkaConsumer<String, byte[]> newConsumer() {
        KafkaConsumer<String, byte[]> opened = clients.consumer(name);
        opened.subscribe(List.of(name + "_examples", actions() + ".dlq", features() + ".dlq"));
        return opened;
    }

    void post(String id, String user, String item, String type, Optional<String> request, Instant at) {
        send(
                user,
                new Action(
                        new EventId(id),
                        new UserId(user),
                        new ItemId(item),
                        type,
                        at,
                        Instant.now(),
                        request.map(RequestId::new),
                        OptionalDouble.empty(),
                        Map.of()));
    }

    void serve(String request, String user, String... items) {
        List<ServedList.Shown> shown = Arrays.stream(items)
                .map(item -> new ServedList.Shown(new ItemId(item), 1))
                .toList();
        send(user, new ServedList(new RequestId(request), new UserId(user), "v7", Instant.now(), shown));
    }

    void features(String id, String user, String json) {
        FeatureSnapshot snapshot =
                new FeatureSnapshot(new EventId(id), new UserId(user), new ItemId("any"), Instant.now(), json);
        var unused = producer.send(new ProducerRecord<>(features(), user, new FeatureSnapshotCodec().encode(snapshot)));
    }

    void beat() {
        beat(Instant.now());
    }

    /** Time goes on in every partition, and no further than the clock: an event's time is never after its arrival. */
    void beat(Instant at) {
        byte[] beat = new UserEventCodec().encode(new Heartbeat(at));
        int partitions = producer.partitionsFor(actions()).size();
        for (int partition = 0; partition < partitions; partition++) {
            var unused = producer.send(new ProducerRecord<>(actions(), partition, at.toEpochMilli(), "", beat));
        }
        producer.flush();
    }

    private void send(String user, UserEvent event) {
        raw(actions(), user, new UserEventCodec().encode(event));
    }

    void raw(String topic, String key, byte @Nullable [] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
    }

    /** An action or a heartbeat as it stands, with a time on the log of its own. */
    void rawAt(Instant arrival, String json) {
        var unused = producer.send(new ProducerRecord<>(
                actions(), null, arrival.toEpochMilli(), "u", json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Where a record with that key goes now. */
    int partitionOf(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(bytes))
                % producer.partitionsFor(actions()).size();
    }

    void flush() {
        producer.flush();
    }

    /** Reads what has come since. */
    TestTopics poll() throws MalformedRecordException {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            if (record.topic().endsWith(".dlq")) {
                deadLetters.add(record);
            } else {
                keep(new TrainingExampleCodec().decode(record.value()));
            }
        }
        return this;
    }

    private void keep(TrainingExample example) {
        timesWritten.merge(example.exampleId(), 1, Integer::sum);
        examples.merge(
                example.exampleId(),
                example,
                (a, b) -> b.eventIds().size() > a.eventIds().size() ? b : a);
        example.eventIds()
                .forEach(event -> examplesOfEvents
                        .computeIfAbsent(event.value(), key -> new HashSet<>())
                        .add(example.exampleId()));
    }

    /** Example ids under which an event was found, by event id. */
    Map<String, Set<String>> examplesOfEvents() {
        return examplesOfEvents;
    }

    /** The fullest form of each example, by id. */
    Map<String, TrainingExample> examples() {
        return examples;
    }

    int timesWritten(String exampleId) {
        return timesWritten.getOrDefault(exampleId, 0);
    }

    TrainingExample example(String id) {
        return Objects.requireNonNull(examples.get(id), id);
    }

    List<ConsumerRecord<String, byte[]>> deadLetters() {
        return deadLetters;
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
