package dev.milvuso.trainer.archive;

import dev.milvuso.action.Action;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.topic.Topics;
import dev.milvuso.trainer.archive.store.ArchiveFile;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;

/** Topics and an archive of their own for one test. */
final class ArchiveStage implements AutoCloseable {
    private final List<String> settings;
    private final Path archive;
    private final Config config;
    private final KafkaClients clients;
    private final KafkaProducer<String, byte[]> producer;

    /** A record as the archive has it. */
    record Row(String topic, int partition, long offset, String bytes) implements Comparable<Row> {
        private static final Comparator<Row> ORDER = Comparator.comparing(Row::topic)
                .thenComparingInt(Row::partition)
                .thenComparingLong(Row::offset)
                .thenComparing(Row::bytes);

        @Override
        public int compareTo(Row other) {
            return ORDER.compare(this, other);
        }
    }

    ArchiveStage(String brokers, Path archive, String... more) {
        String name = "t" + UUID.randomUUID().toString().substring(0, 8);
        this.archive = archive;
        this.settings = Stream.concat(
                        Stream.of(
                                "kafka.brokers=" + brokers,
                                "kafka.log_topic=" + name + "_actions",
                                "kafka.feature_topic=" + name + "_features",
                                "kafka.training_topic=" + name + "_examples",
                                "kafka.embedding_topic=" + name + "_embeddings",
                                "kafka.partitions=2",
                                "archive.uri=" + archive,
                                "archive.roll_interval=200ms"),
                        Arrays.stream(more))
                .toList();
        this.config = with();
        this.clients = new KafkaClients(config.kafka());
        TopicCreator.createMissing(config.kafka(), topics(), name);
        this.producer = clients.producer("archive-it");
    }

    List<String> settings() {
        return settings;
    }

    Config with(String... more) {
        return ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                Stream.concat(settings.stream(), Arrays.stream(more)).toList());
    }

    Topics topics() {
        return config.topics();
    }

    Archiver archiver(MeterRegistry metrics, String... more) {
        return new Archiver(with(more), clients, StandInS3.environment(), metrics);
    }

    /** Of every third the action alone. */
    void send(int n) {
        Instant now = Instant.now();
        Action action = new Action(
                new EventId("e" + n),
                new UserId("u" + n % 7),
                new ItemId("i" + n % 5),
                "Like",
                now,
                now,
                Optional.empty(),
                OptionalDouble.empty(),
                Map.of());
        send(
                topics().userActions().name(),
                "u" + n % 7,
                topics().userActions().codec().encode(action));
        if (n % 3 != 0) {
            send(example("e" + n, "u" + n % 7, "i" + n % 5, n % 2));
        }
    }

    void send(TrainingExample example) {
        send(
                topics().trainingExamples().name(),
                example.userId().value(),
                topics().trainingExamples().codec().encode(example));
    }

    void send(String topic, String key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
    }

    void send(String topic, int partition, Instant time, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic, partition, time.toEpochMilli(), "key", value));
        producer.flush();
    }

    void flush() {
        producer.flush();
    }

    static TrainingExample example(String id, String user, String item, int label) {
        Instant now = Instant.now();
        return new TrainingExample(
                id,
                List.of(new EventId(id)),
                new UserId(user),
                new ItemId(item),
                label == 1 ? "Like" : "Dislike",
                label,
                1,
                now,
                now,
                Optional.empty(),
                "",
                Optional.empty(),
                false);
    }

    /** What the broker does by itself when their session is over, ten seconds after they died. */
    void buryDeadArchivers() throws ExecutionException, InterruptedException {
        try (Admin admin = clients.admin("archive-it")) {
            admin.removeMembersFromConsumerGroup("milvuso-archive", new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        }
    }

    /** What the log holds. */
    List<Row> sent() {
        List<Row> rows = new ArrayList<>();
        for (String topic : List.of(
                topics().userActions().name(), topics().trainingExamples().name())) {
            rows.addAll(LogReader.all(clients, topic));
        }
        return rows;
    }

    /** How many records the log holds. */
    long sentOffsets() {
        return Stream.of(
                        topics().userActions().name(),
                        topics().trainingExamples().name())
                .flatMap(topic -> LogReader.ends(clients, topic).values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** How many records the finished files hold by their names. */
    long archivedOffsets() {
        return files().stream()
                .flatMap(file ->
                        ArchiveFile.at(file.subpath(file.getNameCount() - 2, file.getNameCount())
                                        .toString())
                                .stream())
                .mapToLong(file -> file.last() - file.first() + 1)
                .sum();
    }

    /** The finished files, oldest first in every partition. */
    List<Path> files() {
        if (!Files.isDirectory(archive)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(archive)) {
            return all.filter(path -> path.toString().endsWith(".parquet"))
                    .filter(path -> !path.toString().contains("_unfinished"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Row> archived() {
        return files().stream()
                .flatMap(file -> groups(file).stream())
                .map(ArchiveStage::row)
                .toList();
    }

    static List<Group> groups(Path file) {
        List<Group> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = new Groups(file).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** Without Hadoop's configuration, which takes longer to read than a file of this test. */
    private static final class Groups extends ParquetReader.Builder<Group> {
        Groups(Path file) {
            super(new LocalInputFile(file), new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }

    private static Row row(Group group) {
        return new Row(
                group.getString("topic", 0),
                group.getInteger("partition", 0),
                group.getLong("offset", 0),
                LogReader.text(
                        group.getFieldRepetitionCount("record") == 0
                                ? null
                                : group.getBinary("record", 0).getBytes()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
