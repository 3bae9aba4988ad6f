package dev.milvuso.benchmarks.joiner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.joiner.flink.CounterReporter;
import dev.milvuso.joiner.flink.JoinerPipeline;
import dev.milvuso.joiner.flink.LocalSettings;
import dev.milvuso.joiner.flink.Types;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/**
 * CPU time a record of the join against a job with the same sources and sink that passes records through: both run in
 * turn in this process over the same records, the broker runs in another. Prints one JSON document.
 *
 * <p>{@code --actions N --with-request K --rounds R --backend hashmap|rocksdb}
 */
public final class JoinerCost {
    private static final int PARTITIONS = 4;
    private static final int READERS = 2;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Config config;
    private final Load load;
    private final Path directory;
    private final Admin admin;

    private JoinerCost(Config config, Load load, Path directory) {
        this.config = config;
        this.load = load;
        this.directory = directory;
        this.admin = new KafkaClients(config.kafka()).admin("joiner-cost");
    }

    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        int actions = Integer.parseInt(option(given, "--actions", "1000000"));
        Load load = new Load(actions, Integer.parseInt(option(given, "--with-request", "0")), PARTITIONS);
        String backend = option(given, "--backend", "hashmap");
        int rounds = Integer.parseInt(option(given, "--rounds", "5"));
        Path directory = Files.createTempDirectory("joiner-cost");
        try (Broker broker = new Broker(directory)) {
            Config config = config(broker.bootstrap(), backend, directory);
            TopicCreator.createMissing(config.kafka(), config.topics(), "joiner-cost");
            try (KafkaProducer<String, byte[]> producer = new KafkaClients(config.kafka()).producer("joiner-cost")) {
                load.send(producer);
            }
            ObjectNode result = new JoinerCost(config, load, directory).measure(rounds);
            result.put("backend", backend);
            System.out.println(result);
        }
        System.exit(0);
    }

    private static String option(List<String> given, String name, String otherwise) {
        int at = given.indexOf(name);
        return at < 0 ? otherwise : given.get(at + 1);
    }

    private static Config config(String brokers, String backend, Path directory) {
        return ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                List.of(
                        "kafka.brokers=" + brokers,
                        "kafka.partitions=" + PARTITIONS,
                        "joiner.feature_wait=1m",
                        "joiner.state_backend=" + backend,
                        "joiner.parallelism=" + READERS,
                        "joiner.checkpoint_directory=" + directory.resolve("checkpoints")));
    }

    private ObjectNode measure(int rounds) throws Exception {
        run(false);
        run(true);
        List<Double> passed = new ArrayList<>();
        List<Double> joined = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            passed.add(run(false));
            joined.add(run(true));
            ratios.add(joined.get(round) / passed.get(round));
            System.err.printf(
                    "round %d: pass-through %.2f µs, join %.2f µs, ratio %.2f%n",
                    round, passed.get(round), joined.get(round), ratios.get(round));
        }
        ObjectNode result = new ObjectMapper().createObjectNode();
        result.put("records", load.records()).put("examples", load.examples()).put("rounds", rounds);
        result.put("pass_through_us_per_record", median(passed));
        result.put("join_us_per_record", median(joined));
        result.put("join_records_per_cpu_second", 1e6 / median(joined));
        result.put("ratio_to_pass_through", median(ratios));
        return result;
    }

    /** @return microseconds of CPU time for each record read, between a quarter of the examples and the last */
    private double run(boolean join) throws Exception {
        long before = written();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(
                READERS,
                new LocalSettings(config.joiner(), directory.resolve("checkpoints-" + System.nanoTime()))
                        .with(Optional.empty()));
        if (join) {
            new JoinerPipeline(config).addTo(env, READERS);
        } else {
            new PassThrough(config).addTo(env, READERS, Types.EXAMPLE);
        }
        JobClient job = env.executeAsync("joiner-cost");
        double missing = CounterReporter.total("milvuso.joiner.features.missing");
        try {
            long first = awaitWritten(before, load.examples() / 4);
            long cpuFirst = PROCESS.getProcessCpuTime();
            awaitWritten(before, load.examples());
            long cpu = PROCESS.getProcessCpuTime() - cpuFirst;
            requireAllJoined(CounterReporter.total("milvuso.joiner.features.missing") - missing);
            double share = (double) (load.examples() - first) / load.examples();
            return cpu / 1e3 / (share * load.records());
        } finally {
            job.cancel().get(1, TimeUnit.MINUTES);
        }
    }

    private static void requireAllJoined(double missing) {
        if (missing > 0) {
            throw new IllegalStateException(missing + " actions went on without their features");
        }
    }

    private long awaitWritten(long before, long wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (System.nanoTime() < deadline) {
            long written = written() - before;
            if (written >= wanted) {
                return written;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException((written() - before) + " of " + wanted + " examples came within ten minutes");
    }

    private long written() throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new java.util.HashMap<>();
        IntStream.range(0, PARTITIONS)
                .forEach(i -> ends.put(new TopicPartition("training_examples", i), OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get(1, TimeUnit.MINUTES).values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
