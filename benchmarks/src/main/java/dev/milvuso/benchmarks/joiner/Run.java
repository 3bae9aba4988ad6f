package dev.milvuso.benchmarks.joiner;

import dev.milvuso.benchmarks.process.CpuTime;
import dev.milvuso.config.Config;
import dev.milvuso.joiner.flink.CounterReporter;
import dev.milvuso.joiner.flink.JoinerPipeline;
import dev.milvuso.joiner.flink.LocalSettings;
import dev.milvuso.joiner.flink.Types;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.kafka.TopicCreator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** One job over all records, from the earliest on, until each has been read and each example has been written. */
final class Run {
    private static final long PATIENCE_MINUTES = 10;
    private static final long POLL_MILLIS = 30;

    private final Config config;
    private final Load load;
    private final boolean join;
    private final Path checkpoints;

    /** @param join whether it joins, or passes records through */
    Run(Config config, Load load, boolean join) {
        this.config = config;
        this.load = load;
        this.join = join;
        this.checkpoints = Path.of(config.joiner().checkpointDirectory());
    }

    /** {@link CpuTime} from the first example in its topic on: till then the job starts. Collecting garbage counts. */
    double microsecondsPerRecord() throws Exception {
        createTopics();
        System.gc();
        double missing = CounterReporter.total("milvuso.joiner.features.missing");
        long featuresRead = PassThrough.FEATURES_READ.sum();
        JobClient job = started();
        try (Admin admin = new KafkaClients(config.kafka()).admin("joiner-cost")) {
            await(() -> written(admin) > 0);
            long first = written(admin);
            long before = CpuTime.nanos();
            await(() -> written(admin) >= load.examples()
                    && (join || PassThrough.FEATURES_READ.sum() - featuresRead >= load.actions()));
            long spent = CpuTime.nanos() - before;
            requireAllJoined(CounterReporter.total("milvuso.joiner.features.missing") - missing);
            double share = (double) (load.examples() - first) / load.examples();
            return spent / 1e3 / (share * load.records());
        } finally {
            job.cancel().get(1, TimeUnit.MINUTES);
            deleteTopics(List.of(topic()));
            delete(checkpoints);
        }
    }

    private JobClient started() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(
                JoinerCost.READERS, new LocalSettings(config.joiner(), checkpoints).with(Optional.empty()));
        if (join) {
            new JoinerPipeline(config).addTo(env, JoinerCost.READERS);
        } else {
            new PassThrough(config).addTo(env, JoinerCost.READERS, Types.EXAMPLE);
        }
        return env.executeAsync("joiner-cost");
    }

    private static void requireAllJoined(double missing) {
        if (missing > 0) {
            throw new IllegalStateException(missing + " actions went on without their features");
        }
    }

    /** Something that may not have happened yet. */
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the job has not done its work within " + PATIENCE_MINUTES + " min");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    void createTopics() {
        TopicCreator.createMissing(config.kafka(), config.topics(), "joiner-cost");
    }

    /** What was written for this run alone. */
    void deleteTopics() throws Exception {
        deleteTopics(List.of(
                config.topics().userActions().name(), config.topics().features().name()));
    }

    private void deleteTopics(List<String> names) throws Exception {
        try (Admin admin = new KafkaClients(config.kafka()).admin("joiner-cost")) {
            admin.deleteTopics(names).all().get(1, TimeUnit.MINUTES);
        }
    }

    private String topic() {
        return config.topics().trainingExamples().name();
    }

    private long written(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        IntStream.range(0, JoinerCost.PARTITIONS)
                .forEach(i -> ends.put(new TopicPartition(topic(), i), OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get(1, TimeUnit.MINUTES).values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
