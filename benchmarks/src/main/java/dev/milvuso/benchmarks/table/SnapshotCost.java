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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
 * Snapshots of a table of so many rows, for which a hundredth, a tenth or all of its rows have moved, drawn at random.
 * Prints one JSON document of medians: what is written and for how long where nothing else goes on; how long it takes
 * beside learning, how long learning waits for it to begin, and the rate of learning meanwhile against that of the
 * second before; and how long a restart takes to read the last one.
 *
 * <p>{@code N DIRECTORY [--set section.key=value]…}: rows of both tables together; the directory must be empty
 */
public final class SnapshotCost {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int[] PERCENTAGES = {1, 10, 100};
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 7;

    /** Snapshots in a row with as much to write each, until what is written settles. */
    private static final int IN_A_ROW = 12;

    private final SplittableRandom random = new SplittableRandom(3);
    private final ObjectNode result = new ObjectMapper().createObjectNode();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Timer pause = metrics.timer("pause");
    private final Timer duration = metrics.timer("duration");
    private final Config config;
    private final int rows;
    private final Path directory;
    private long example;

    private SnapshotCost(Config config, int rows, Path directory) {
        this.config = config;
        this.rows = rows;
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException {
        List<String> settings = Stream.of(arguments)
                .skip(2)
                .filter(argument -> !argument.equals("--set"))
                .toList();
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
        System.out.println(new SnapshotCost(config, Integer.parseInt(arguments[0]), Path.of(arguments[1])).run());
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
        try (SnapshotWriter writer = new SnapshotWriter(new Snapshots(directory), pause, duration)) {
            for (int percent : PERCENTAGES) {
                medians(percent + "_percent_moved", alone(core, writer, percent));
            }
            Map<Integer, List<Map<String, Double>>> figures = new LinkedHashMap<>();
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                for (int percent : PERCENTAGES) {
                    Map<String, Double> of = besideLearning(core, writer, percent);
                    if (round >= 0) {
                        figures.computeIfAbsent(percent, any -> new ArrayList<>())
                                .add(of);
                    }
                }
            }
            figures.forEach((percent, of) -> medians(percent + "_percent_moved_beside_learning", of));
        }
        restart();
        return result;
    }

    private void medians(String name, List<Map<String, Double>> rounds) {
        ObjectNode json = result.putObject(name);
        rounds.get(0).keySet().forEach(key -> json.put(key, median(rounds, key)));
    }

    private static double median(List<Map<String, Double>> rounds, String key) {
        double[] sorted =
                rounds.stream().mapToDouble(round -> round.get(key)).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private List<String> ids() {
        return IntStream.range(0, rows / 2)
                .mapToObj(i -> new UUID(random.nextLong(), random.nextLong()).toString())
                .toList();
    }

    private List<Map<String, Double>> alone(OnlineCore core, SnapshotWriter writer, int percent) throws IOException {
        List<Map<String, Double>> last = new ArrayList<>();
        for (int n = 0; n < IN_A_ROW; n++) {
            move(core.model().users(), percent);
            move(core.model().items(), percent);
            double wrote = duration.totalTime(TimeUnit.SECONDS);
            write(core, writer, () -> LockSupport.parkNanos(1_000_000));
            if (n >= IN_A_ROW / 2) {
                last.add(Map.of(
                        "mib_written", bytesOfNewest() / (double) (1 << 20),
                        "mib_on_disk", bytes() / (double) (1 << 20),
                        "seconds", duration.totalTime(TimeUnit.SECONDS) - wrote));
            }
        }
        return last;
    }

    private Map<String, Double> besideLearning(OnlineCore core, SnapshotWriter writer, int percent) {
        Rate before = new Rate();
        double until = cpuSeconds() + 1;
        while (cpuSeconds() < until) {
            learn(core);
        }
        double undisturbed = before.perSecond();
        double undisturbedCpu = before.perCpuSecond();
        // What that has moved is no longer to be written.
        write(core, writer, () -> LockSupport.parkNanos(1_000_000));
        move(core.model().users(), percent);
        move(core.model().items(), percent);
        double paused = pause.totalTime(TimeUnit.MILLISECONDS);
        double wrote = duration.totalTime(TimeUnit.SECONDS);
        Rate meanwhile = new Rate();
        write(core, writer, () -> learn(core));
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("seconds", duration.totalTime(TimeUnit.SECONDS) - wrote);
        figures.put("pause_ms", pause.totalTime(TimeUnit.MILLISECONDS) - paused);
        figures.put("examples_per_second", meanwhile.perSecond());
        figures.put("of_the_rate_before", meanwhile.perSecond() / undisturbed);
        figures.put("of_the_rate_before_by_cpu", meanwhile.perCpuSecond() / undisturbedCpu);
        return figures;
    }

    /** Of learning, since it was made. */
    private final class Rate {
        private final long examples = example;
        private final long started = System.nanoTime();
        private final double cpu = cpuSeconds();

        double perSecond() {
            return (example - examples) / ((System.nanoTime() - started) / 1e9);
        }

        double perCpuSecond() {
            return (example - examples) / (cpuSeconds() - cpu);
        }
    }

    private static void write(OnlineCore core, SnapshotWriter writer, Runnable meanwhile) {
        writer.begin(new TrainerState(new ModelVersion("bench"), 0, Map.of(), core));
        Optional<SnapshotWriter.Ended> ended = writer.ended();
        while (ended.isEmpty()) {
            meanwhile.run();
            ended = writer.ended();
        }
        ended.get().fault().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
    }

    /** So many rows in a hundred, drawn at random. */
    private void move(ParameterTable table, int percent) {
        int size = rows / 2;
        int[] order = IntStream.range(0, size).toArray();
        for (int n = 0; n < size * (long) percent / 100; n++) {
            int other = n + random.nextInt(size - n);
            int row = order[other];
            order[other] = order[n];
            table.moving(row);
            table.chunk(row)[table.offset(row)] += 0.001f;
        }
    }

    private void learn(OnlineCore core) {
        String user = core.model().users().id(random.nextInt(rows / 2));
        String item = core.model().items().id(random.nextInt(rows / 2));
        core.apply("example-" + example++, user, item, 1, 1, 0);
    }

    /** Of the thread that learns. */
    private static double cpuSeconds() {
        return CPU.getCurrentThreadCpuTime() / 1e9;
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return Arrays.stream(files.mapToLong(file -> file.toFile().length()).toArray())
                    .sum();
        }
    }

    /** The table of contents and the file of parts that was written last. */
    private long bytesOfNewest() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            long newest = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("parts-"))
                    .mapToLong(name -> Long.parseLong(name.substring("parts-".length())))
                    .max()
                    .orElseThrow();
            return Files.size(directory.resolve("parts-" + newest)) + Files.size(directory.resolve("snapshot"));
        }
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
