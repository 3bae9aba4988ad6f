package dev.milvuso.benchmarks.online;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Broker;
import dev.milvuso.benchmarks.process.CpuTime;
import dev.milvuso.config.Config;
import dev.milvuso.embedded.EmbeddedPostgres;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.postgres.Database;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import dev.milvuso.trainer.online.OnlineTrainer;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What the online trainer takes from Kafka for each second of CPU time of its process, reading, publishing, snapshots
 * and the embedded vector store included, the just-in-time compiler not. Broker and PostgreSQL are processes of their
 * own. Examples lie ready before it starts; the first share of them warms up and does not count.
 */
public final class OnlineThroughput implements Benchmark {
    private static final double WARM_UP = 0.3;
    private static final long LOOK_NANOS = 2_000_000;

    /** How far a trainer has come. */
    private record Mark(long cpuNanos, double examples, double samples) {}

    @Override
    public String name() {
        return "online";
    }

    @Override
    public String description() {
        return "What the online trainer takes from Kafka for each CPU-second of its process.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number("examples", 300_000, "examples on the log", 1000, 1_000_000_000),
                Parameter.number("users", 6_040, "users among whom they are drawn", 1, 100_000_000),
                Parameter.number("items", 3_706, "items among which they are drawn", 2, 100_000_000),
                Parameter.number("dimension", 64, "numbers in a vector", 2, 4096));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws IOException {
        Examples examples = new Examples(session.number("examples"), session.number("users"), session.number("items"));
        Path directory = session.directory();
        Broker broker = session.opened(new Broker(directory));
        EmbeddedPostgres postgres =
                session.opened(new EmbeddedPostgres(directory.resolve("binaries"), directory.resolve("postgres"), 0));
        postgres.start();
        int dimension = session.number("dimension");
        return List.of(measure(
                session.config(List.of(
                        "kafka.brokers=" + broker.bootstrap(),
                        "postgres.url=" + postgres.url(),
                        "postgres.user=" + postgres.user(),
                        "postgres.password=" + postgres.password(),
                        "milvus.dimension=" + dimension,
                        "recommendation.embedding_dim=" + dimension,
                        "online.snapshot_directory=" + directory.resolve("trainer"))),
                examples));
    }

    private static ObjectNode measure(Config config, Examples examples) {
        KafkaClients clients = new KafkaClients(config.kafka());
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        TopicCreator.createMissing(config.kafka(), config.topics(), "online-throughput");
        examples.send(clients, config.topics());
        try (Database database = new Database(config.postgres(), "online-throughput");
                EmbeddedVectorStore store = EmbeddedVectorStore.inMemory();
                OnlineTrainer trainer = new OnlineTrainer(config, clients, database, store, metrics)) {
            trainer.start();
            Mark from = await(metrics, (long) (WARM_UP * examples.count()));
            long started = System.nanoTime();
            Mark to = await(metrics, examples.count());
            return result(config, from, to, (System.nanoTime() - started) / 1e9);
        }
    }

    private static Mark await(SimpleMeterRegistry metrics, long applied) {
        while (counted(metrics, "milvuso.training.examples.applied") < applied) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return new Mark(
                CpuTime.nanos(),
                counted(metrics, "milvuso.training.examples.applied"),
                counted(metrics, "milvuso.training.samples"));
    }

    private static double counted(SimpleMeterRegistry metrics, String name) {
        return metrics.get(name).functionCounter().count();
    }

    private static ObjectNode result(Config config, Mark from, Mark to, double seconds) {
        double cpu = (to.cpuNanos() - from.cpuNanos()) / 1e9;
        double taken = to.examples() - from.examples();
        double samples = to.samples() - from.samples();
        return new ObjectMapper()
                .createObjectNode()
                .put("name", "online")
                .put("dimension", config.recommendation().embeddingDim())
                .put("examples", taken)
                .put("samples", samples)
                .put("seconds", seconds)
                .put("cpu_seconds", cpu)
                .put("examples_per_cpu_second", taken / cpu)
                .put("samples_per_cpu_second", samples / cpu);
    }
}
