package dev.milvuso.benchmarks.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.trainer.online.OnlineCore;
import dev.milvuso.trainer.online.SnapshotWriter;
import dev.milvuso.trainer.online.Snapshots;
import dev.milvuso.trainer.online.TrainerState;
import dev.milvuso.trainer.parameter.ParameterTable;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table of so many rows learns while snapshots of it are written: the first is of everything, the others of what a
 * second of learning has moved, or of one row in a hundred with {@code --hundredth}. Prints one JSON document: how long
 * each is being written, how long learning waits for it to begin, the longest step meanwhile against the longest step
 * without, the rate of learning by the CPU-seconds of the thread that learns, and how long a restart takes to read it.
 *
 * <p>{@code N DIRECTORY [--hundredth] [--set section.key=value]…}: rows of both tables together; the directory must be
 * empty
 */
public final class SnapshotCost {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final SplittableRandom random = new SplittableRandom(3);
    private final ObjectNode result = new ObjectMapper().createObjectNode();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Config config;
    private final int rows;
    private final Path directory;
    private final boolean hundredth;
    private long example;

    private SnapshotCost(Config config, int rows, Path directory, boolean hundredth) {
        this.hundredth = hundredth;
        this.config = config;
        this.rows = rows;
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException {
        List<String> settings = Stream.of(arguments)
                .skip(2)
                .filter(argument -> !argument.equals("--set") && !argument.equals("--hundredth"))
                .toList();
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
        boolean hundredth = List.of(arguments).contains("--hundredth");
        System.out.println(
                new SnapshotCost(config, Integer.parseInt(arguments[0]), Path.of(arguments[1]), hundredth).run());
    }

    private OnlineCore newCore() {
        return new OnlineCore(config);
    }

    private ObjectNode run() throws IOException {
        OnlineCore core = newCore();
        core.model().users().addAll(ids());
        core.model().items().addAll(ids());
        result.put("rows", rows)
                .put(
                        "bytes",
                        core.model().users().bytes() + core.model().items().bytes());
        learnFor(core, 3);
        ObjectNode without = result.putObject("without_snapshot");
        double cpu = cpuSeconds();
        long examples = example;
        learnFor(core, 3).into(without);
        without.put("examples_per_cpu_second", (example - examples) / (cpuSeconds() - cpu));
        Timer pause = metrics.timer("pause");
        Timer duration = metrics.timer("duration");
        try (SnapshotWriter writer = new SnapshotWriter(new Snapshots(directory), pause, duration)) {
            for (String name : List.of("first", "second", "third")) {
                snapshot(name, core, writer, pause, duration);
                if (hundredth) {
                    move(core.model().users());
                    move(core.model().items());
                } else {
                    learnFor(core, 1);
                }
            }
        }
        restart();
        return result;
    }

    private List<String> ids() {
        return IntStream.range(0, rows / 2)
                .mapToObj(i -> new UUID(random.nextLong(), random.nextLong()).toString())
                .toList();
    }

    private void snapshot(String name, OnlineCore core, SnapshotWriter writer, Timer pause, Timer duration)
            throws IOException {
        double paused = pause.totalTime(TimeUnit.MILLISECONDS);
        double wrote = duration.totalTime(TimeUnit.SECONDS);
        double cpu = cpuSeconds();
        long examples = example;
        long before = bytes();
        Latencies steps = new Latencies();
        long started = System.nanoTime();
        writer.begin(new TrainerState(new ModelVersion("bench"), 0, Map.of(), core));
        double began = cpuSeconds();
        Optional<SnapshotWriter.Ended> ended = writer.ended();
        while (ended.isEmpty()) {
            if (hundredth) {
                // Nothing else moves, so that what is written is what moved before.
                LockSupport.parkNanos(1_000_000);
            } else {
                learn(core, steps);
            }
            ended = writer.ended();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        ObjectNode json = result.putObject(name + "_snapshot");
        steps.into(json);
        json.put("fault", ended.get().fault().orElse(""))
                .put("pause_cpu_ms", (began - cpu) * 1e3)
                .put("pause_ms", pause.totalTime(TimeUnit.MILLISECONDS) - paused)
                .put("seconds", duration.totalTime(TimeUnit.SECONDS) - wrote)
                .put("mib_more", (bytes() - before) >> 20)
                .put("examples_per_second", (example - examples) / seconds)
                .put("examples_per_cpu_second", (example - examples) / (cpuSeconds() - began));
    }

    private Latencies learnFor(OnlineCore core, int seconds) {
        Latencies steps = new Latencies();
        double until = cpuSeconds() + seconds;
        while (cpuSeconds() < until) {
            learn(core, steps);
        }
        return steps;
    }

    /** One row in a hundred, drawn at random. */
    private void move(ParameterTable table) {
        for (int n = 0; n < rows / 200; n++) {
            int row = random.nextInt(rows / 2);
            table.moving(row);
            table.chunk(row)[table.offset(row)] += 1;
        }
    }

    private void learn(OnlineCore core, Latencies steps) {
        String user = core.model().users().id(random.nextInt(rows / 2));
        String item = core.model().items().id(random.nextInt(rows / 2));
        String id = "example-" + example++;
        long started = System.nanoTime();
        long worked = CPU.getCurrentThreadCpuTime();
        core.apply(id, user, item, 1, 1, 0);
        worked = CPU.getCurrentThreadCpuTime() - worked;
        steps.add(System.nanoTime() - started, worked);
    }

    /** Of the thread that learns. */
    private static double cpuSeconds() {
        return CPU.getCurrentThreadCpuTime() / 1e9;
    }

    private long bytes() throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        long bytes = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private void restart() {
        double[] seconds = new double[3];
        for (int round = 0; round < seconds.length; round++) {
            long started = System.nanoTime();
            OnlineCore read =
                    new Snapshots(directory).read(this::newCore).orElseThrow().core();
            seconds[round] = (System.nanoTime() - started) / 1e9;
            if (read.model().users().size() != rows / 2) {
                throw new IllegalStateException(read.model().users().size() + " users were read");
            }
        }
        result.put("restart_seconds_first", seconds[0]).put("restart_seconds_third", seconds[2]);
    }
}
