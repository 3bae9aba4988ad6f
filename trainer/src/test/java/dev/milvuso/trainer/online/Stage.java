package dev.milvuso.trainer.online;

import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.postgres.Database;
import dev.milvuso.topic.Topics;
import dev.milvuso.vector.VectorStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Topics and a snapshot directory of their own for one test, on the servers of all. */
final class Stage implements AutoCloseable {
    /** Without chance: what a log teaches is then the same in every run. */
    static final List<String> WITHOUT_CHANCE =
            List.of("kafka.partitions=1", "online.negative_sampling_ratio=0", "online.rehearsals=0");

    private final List<String> settings;
    private final Config config;
    private final KafkaClients clients;
    private final Database database;
    private final KafkaProducer<String, byte[]> producer;
    private final TopicReader embeddings;

    Stage(Servers.Running servers, Path folder, List<String> more) {
        String name = "t" + UUID.randomUUID().toString().substring(0, 8);
        this.settings = Stream.of(
                        servers.settings(),
                        List.of(
                                "kafka.log_topic=" + name + "_actions",
                                "kafka.feature_topic=" + name + "_features",
                                "kafka.training_topic=" + name + "_examples",
                                "kafka.embedding_topic=" + name + "_embeddings",
                                "kafka.partitions=2",
                                // PostgreSQL knows what other stages have served.
                                "registry.start_anew=true",
                                "milvus.dimension=8",
                                "recommendation.embedding_dim=8",
                                "online.snapshot_directory=" + folder),
                        more)
                .flatMap(List::stream)
                .toList();
        this.config = with(List.of());
        this.clients = new KafkaClients(config.kafka());
        this.database = new Database(config.postgres(), "trainer-it");
        TopicCreator.createMissing(config.kafka(), config.topics(), name);
        this.producer = clients.producer("trainer-it");
        this.embeddings = new TopicReader(clients, topics().embeddings().name());
    }

    /** What a configuration of this stage is made of. */
    List<String> settings() {
        return settings;
    }

    Config with(List<String> more) {
        return ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                Stream.concat(settings.stream(), more.stream()).toList());
    }

    Config config() {
        return config;
    }

    Topics topics() {
        return config.topics();
    }

    OnlineTrainer trainer(VectorStore store, MeterRegistry metrics, String... more) {
        return new OnlineTrainer(with(List.of(more)), clients, database, store, metrics);
    }

    static TrainingExample example(String id, String user, String item, int label) {
        return example(id, user, item, label, Instant.now());
    }

    static TrainingExample example(String id, String user, String item, int label, Instant now) {
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

    /** Changes what stands in PostgreSQL. */
    void execute(String sql) {
        boolean unused = database.transaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.execute();
            }
        });
    }

    void send(TrainingExample... examples) {
        for (TrainingExample example : examples) {
            send(
                    topics().trainingExamples().key().apply(example),
                    topics().trainingExamples().codec().encode(example));
        }
    }

    void send(String key, byte[] value) {
        var unused =
                producer.send(new ProducerRecord<>(topics().trainingExamples().name(), key, value));
        producer.flush();
    }

    TopicReader reader(String topic) {
        return new TopicReader(clients, topic);
    }

    /** The newest embedding of every row that has been published so far, by kind and id. */
    Map<String, Embedding> published() {
        return embeddings.newest(topics().embeddings());
    }

    Optional<Embedding> published(Kind kind, String id) {
        return Optional.ofNullable(published().get(kind.label() + ":" + id));
    }

    @Override
    public void close() {
        embeddings.close();
        producer.close();
        database.close();
    }
}
