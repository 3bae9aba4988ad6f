package dev.milvuso.benchmarks.online;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Broker;
import dev.milvuso.benchmarks.process.CpuTime;
import dev.milvuso.benchmarks.process.Options;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedded.EmbeddedPostgres;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.online.OnlineTrainer;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What the online trainer takes from Kafka for each second of CPU time of its process, reading, publishing, snapshots
 * and the embedded vector store included, the just-in-time compiler not. Broker and PostgreSQL are processes of their
 * own. Examples lie ready before it starts; the first share of them warms up and does not count. Prints one JSON
 * document.
 *
 * <p>{@code --examples N --users N --items N --dimension N}; {@code --set key=value,…} for other settings
 */
public final class OnlineThroughput {
    private static final double WARM_UP = 0.3;
    private static final long LOOK_NANOS = 2_000_000;

    private OnlineThroughput() {}

    /** How far a trainer has come. */
    private record Mark(long cpuNanos, double examples, double samples) {}

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments, "examples", "users", "items", "dimension", "set");
        Examples examples = new Examples(
                options.number("examples", 1_000_000), options.number("users", 6_040), options.number("items", 3_706));
        Path directory = Files.createTempDirectory("online-throughput");
        try (Broker broker = new Broker(directory);
                EmbeddedPostgres postgres =
                        new EmbeddedPostgres(directory.resolve("binaries"), directory.resolve("postgres"), 0)) {
            postgres.start();
            Config config = config(broker, postgres, directory, options);
            System.out.println(measure(config, examples));
        } finally {
            try (Stream<Path> all = Files.walk(directory)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
        System.exit(0);
    }

    private static Config config(Broker broker, EmbeddedPostgres postgres, Path directory, Options options) {
        int dimension = options.number("dimension", 64);
        List<String> settings = List.of(
                "kafka.brokers=" + broker.bootstrap(),
                "postgres.url=" + postgres.url(),
                "postgres.user=" + postgres.user(),
                "postgres.password=" + postgres.password(),
                "milvus.dimension=" + dimension,
                "recommendation.embedding_dim=" + dimension,
                "online.snapshot_directory=" + directory.resolve("trainer"));
        List<String> more = Stream.of(options.text("set", "").split(","))
                .filter(setting -> !setting.isEmpty())
                .toList();
        return ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                Stream.concat(settings.stream(), more.stream()).toList());
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
                .put("dimension", config.recommendation().embeddingDim())
                .put("examples", taken)
                .put("samples", samples)
                .put("seconds", seconds)
                .put("cpu_seconds", cpu)
                .put("examples_per_cpu_second", taken / cpu)
                .put("samples_per_cpu_second", samples / cpu);
    }
}
