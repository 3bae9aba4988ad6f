package dev.milvuso.feature.worker;

import dev.milvuso.action.Action;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserId;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.feature.FeatureSnapshot;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.postgres.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** One test's own topics in the shared servers: what is posted to them, and what came of it. */
final class Site implements AutoCloseable {
    static final Instant NOON = Instant.parse("2020-03-01T12:00:00Z");

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<String> settings;
    private final Config config;
    private final Database database;
    private final KafkaProducer<String, byte[]> producer;
    private final List<FeatureWorker> workers = new CopyOnWriteArrayList<>();

    /** @param name sets the test's topics apart; its users and items should carry it too */
    Site(EmbeddedServices services, String name, String... more) {
        settings = Stream.concat(
                        Stream.of(
                                "kafka.log_topic=" + name + ".actions",
                                "kafka.feature_topic=" + name + ".features",
                                "kafka.brokers=" + services.kafka().bootstrap(),
                                "features.flush_interval=50ms",
                                "postgres.url=" + services.postgres().url(),
                                "postgres.user=" + services.postgres().user(),
                                "postgres.password=" + services.postgres().password()),
                        Stream.of(more))
                .toList();
        config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
        database = new Database(config.postgres(), name);
        database.migrate();
        TopicCreator.createMissing(config.kafka(), config.topics(), name);
        producer = new KafkaClients(config.kafka()).producer(name);
    }

    List<String> settings() {
        return settings;
    }

    /** A started worker, stopped with the site. */
    FeatureWorker worker() {
        FeatureWorker worker = new FeatureWorker(config, new KafkaClients(config.kafka()), database, metrics);
        workers.add(worker);
        worker.start();
        return worker;
    }

    static Action action(String event, String user, String item, String type) {
        return action(event, user, item, type, NOON, OptionalDouble.empty());
    }

    static Action action(String event, String user, String item, String type, Instant at, OptionalDouble value) {
        return new Action(
                new EventId(event),
                new UserId(user),
                new ItemId(item),
                type,
                at,
                at,
                Optional.empty(),
                value,
                Map.of());
    }

    static ServedList list(String request, String user, String... items) {
        return new ServedList(
                new RequestId(request),
                new UserId(user),
                "",
                NOON,
                Stream.of(items)
                        .map(item -> new ServedList.Shown(new ItemId(item), 1))
                        .toList());
    }

    /** Returns when the log has them. */
    void post(UserEvent... events) {
        postAll(List.of(events));
    }

    void postAll(List<? extends UserEvent> events) {
        var topic = config.topics().userActions();
        for (UserEvent event : events) {
            postRaw(topic.key().apply(event), topic.codec().encode(event));
        }
        producer.flush();
    }

    /** Returns when the partition has them, whatever their keys say. */
    void postTo(int partition, List<? extends UserEvent> events) {
        var topic = config.topics().userActions();
        for (UserEvent event : events) {
            var unused = producer.send(new ProducerRecord<>(
                    topic.name(),
                    partition,
                    topic.key().apply(event),
                    topic.codec().encode(event)));
        }
        producer.flush();
    }

    /** What is not an event. */
    void postRaw(String key, byte @org.jspecify.annotations.Nullable [] value) {
        var unused = producer.send(new ProducerRecord<>(config.kafka().logTopic(), key, value));
    }

    /** Every snapshot that stands in the topic, in its order; those of one user are in order. */
    List<FeatureSnapshot> snapshots() throws MalformedRecordException {
        var topic = config.topics().features();
        List<FeatureSnapshot> all = new ArrayList<>();
        for (byte[] value : values(topic.name())) {
            all.add(topic.codec().decode(value));
        }
        return all;
    }

    List<byte[]> deadLetters() {
        return values(config.topics().userActions().deadLetters());
    }

    private List<byte[]> values(String topic) {
        List<byte[]> all = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaClients(config.kafka()).consumer("test-reader")) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(20)).forEach(record -> all.add(record.value()));
            }
        }
        return all;
    }

    /** How many workers have their share of the partitions. */
    long members() throws Exception {
        try (Admin admin = new KafkaClients(config.kafka()).admin("test")) {
            return admin.describeConsumerGroups(List.of("feature-worker")).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .filter(member -> member.assignment().topicPartitions().stream()
                            .anyMatch(partition ->
                                    partition.topic().equals(config.kafka().logTopic())))
                    .count();
        }
    }

    /** Lets the broker refuse larger snapshots. */
    void limitSnapshots(String bytes) throws Exception {
        ConfigResource topic =
                new ConfigResource(ConfigResource.Type.TOPIC, config.kafka().featureTopic());
        ConfigEntry limit = new ConfigEntry("max.message.bytes", bytes);
        try (Admin admin = new KafkaClients(config.kafka()).admin("test")) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    void grow(int partitions) throws Exception {
        try (Admin admin = new KafkaClients(config.kafka()).admin("test")) {
            admin.createPartitions(Map.of(config.kafka().logTopic(), NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        }
    }

    /** The first column of the first row, as text; "" when there is no row. {@code ?} stands for the parameters. */
    String ask(String sql, String... parameters) {
        return database.transaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i : IntStream.range(0, parameters.length).toArray()) {
                    statement.setString(i + 1, parameters[i]);
                }
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? String.valueOf(row.getString(1)) : "";
                }
            }
        });
    }

    void execute(String sql) {
        int unused = database.transaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        });
    }

    /** The actions of all profiles whose user id begins so. */
    long profileActions(String prefix) {
        return Long.parseLong(
                ask("select coalesce(sum(actions), 0) from user_profile where starts_with(user_id, ?)", prefix));
    }

    /** The actions of all items whose id begins so. */
    long itemActions(String prefix) {
        return Long.parseLong(
                ask("select coalesce(sum(actions), 0) from item_statistics where starts_with(item_id, ?)", prefix));
    }

    @Override
    public void close() {
        workers.forEach(FeatureWorker::close);
        producer.close();
        database.close();
    }
}
