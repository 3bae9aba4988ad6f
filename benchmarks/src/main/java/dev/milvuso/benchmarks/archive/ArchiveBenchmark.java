package dev.milvuso.benchmarks.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Broker;
import dev.milvuso.config.Config;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import dev.milvuso.trainer.archive.ArchivedExamples;
import dev.milvuso.trainer.archive.Archiver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the archiver writes into a directory, and what training reads from there, for each second of CPU time of this
 * process without its just-in-time compiler; the broker is a process of its own. The limits are measured in the same
 * rounds: to take the records from the broker and to pack rows that lie in memory, which the archiver must do both; to
 * look at every row of the files, which training must. Figures are those of the middle round.
 */
public final class ArchiveBenchmark implements Benchmark {
    private static final long LOOK_NANOS = 2_000_000;

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public String description() {
        return "What is archived and read back for each CPU-second, beside plain consuming, packing and scanning.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number("likes", 150_000, "actions on the log, and examples of them", 1000, 100_000_000),
                Parameter.number("rounds", 5, "rounds that count, after one that does not", 1, 100));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        Broker broker = session.opened(new Broker(session.directory()));
        Path archives = session.directory().resolve("archives");
        Function<Path, Config> configs = archive -> session.config(
                List.of("kafka.brokers=" + broker.bootstrap(), "archive.uri=" + archive, "archive.roll_interval=1s"));
        Config config = configs.apply(archives);
        Log log = new Log(config, session.number("likes"));
        log.write();
        Rounds rounds = new Rounds(configs, log, new PackedRows(config.topics(), log.all()));
        for (int round = 0; round <= session.number("rounds"); round++) {
            session.say(round == 0 ? "warming up" : "round %d of %s", round, session.text("rounds"));
            rounds.run(archives.resolve("r" + round));
        }
        return rounds.result();
    }

    /** The steps and what they took. */
    private static final class Rounds {
        private final Function<Path, Config> configs;
        private final Log log;
        private final PackedRows packed;
        private final Phase consuming = new Phase("consuming");
        private final Phase packing = new Phase("packing");
        private final Phase archiving = new Phase("archiving");
        private final Phase scanning = new Phase("scanning");
        private final Phase reading = new Phase("reading for training");
        private final List<Double> ofConsumingAndPacking = new ArrayList<>();
        private final List<Double> ofScanning = new ArrayList<>();
        private double bytesPerRecord;

        Rounds(Function<Path, Config> configs, Log log, PackedRows packed) {
            this.configs = configs;
            this.log = log;
            this.packed = packed;
        }

        void run(Path directory) throws Exception {
            Config config = configs.apply(directory.resolve("archived"));
            String topic = config.topics().trainingExamples().name();
            Phase.Cost taken = consuming.run(log::consume);
            Phase.Cost written = packing.run(() ->
                    packed.write(configs.apply(directory.resolve("packed")).archive()));
            Phase.Cost archived = archiving.run(() -> archive(config));
            Phase.Cost scanned = scanning.run(() -> PackedRows.scan(config.archive(), topic));
            Phase.Cost read = reading.run(() -> ArchivedExamples.read(
                            config.archive(), Map.of(), topic, config.online().rememberedExamples())
                    .pairs()
                    .size());
            ofConsumingAndPacking.add((taken.cpuSeconds() + written.cpuSeconds()) / archived.cpuSeconds());
            ofScanning.add(read.recordsPerCpuSecond() / scanned.recordsPerCpuSecond());
            bytesPerRecord = (double) bytes(directory.resolve("archived")) / log.records();
        }

        private long archive(Config config) {
            SimpleMeterRegistry metrics = new SimpleMeterRegistry();
            KafkaClients clients = new KafkaClients(config.kafka());
            try (Archiver archiver = new Archiver(config, clients, Map.of(), metrics)) {
                archiver.start();
                while (archived(metrics) < log.records()) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            }
            return archived(metrics);
        }

        private static long archived(SimpleMeterRegistry metrics) {
            return (long) metrics.find("milvuso.archive.records").counters().stream()
                    .mapToDouble(Counter::count)
                    .sum();
        }

        private static long bytes(Path directory) throws IOException {
            try (Stream<Path> files = Files.walk(directory)) {
                return files.filter(Files::isRegularFile)
                        .mapToLong(file -> file.toFile().length())
                        .sum();
            }
        }

        List<ObjectNode> result() {
            return List.of(
                    row(archiving)
                            .put("bytes_per_record", bytesPerRecord)
                            .put("ratio_to_consuming_and_packing", median(ofConsumingAndPacking)),
                    row(reading).put("ratio_to_scanning", median(ofScanning)),
                    row(consuming),
                    row(packing),
                    row(scanning));
        }

        private static ObjectNode row(Phase phase) {
            Phase.Cost cost = phase.median();
            return new ObjectMapper()
                    .createObjectNode()
                    .put("name", phase.name())
                    .put("records", cost.records())
                    .put("seconds", cost.seconds())
                    .put("cpu_seconds", cost.cpuSeconds())
                    .put("records_per_cpu_second", cost.recordsPerCpuSecond());
        }

        private static double median(List<Double> ratios) {
            List<Double> sorted = ratios.stream().skip(1).sorted().toList();
            return sorted.get(sorted.size() / 2);
        }
    }
}
