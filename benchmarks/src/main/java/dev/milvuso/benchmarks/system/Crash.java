package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills a standalone with SIGKILL at random moments under load, starts it again on the same directory each time, and
 * compares at the end what was acknowledged with what was joined and what was applied.
 */
final class Crash {
    private final Path launcher;
    private final Path directory;
    private final int port;
    private final Site site;
    private final World world = new World(20, 50, 2000);
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Long> restarts = new ArrayList<>();

    private Crash(Path launcher, Path directory, int port) {
        this.launcher = launcher;
        this.directory = directory;
        this.port = port;
        this.site = new Site("http://127.0.0.1:" + port);
    }

    /**
     * Options: {@code --launcher FILE --directory DIR --port P --kafka-port P --kills N --rate} (actions a second)
     * {@code --seed N}.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options =
                new Options(arguments, "launcher", "directory", "port", "kafka-port", "kills", "rate", "seed");
        Crash crash = new Crash(
                Path.of(options.text("launcher", "./milvuso")),
                Path.of(options.required("directory")),
                options.number("port", 18080));
        int seed = options.number("seed", (int) (System.nanoTime() % 100_000));
        System.err.println("seed " + seed);
        ObjectNode result = crash.run(
                options.number("kills", 10),
                options.number("rate", 500),
                options.number("kafka-port", 19092),
                new SplittableRandom(seed));
        System.out.println(result);
        boolean exact = result.get("missing").intValue() == 0
                && result.get("under_several").intValue() == 0
                && result.get("applied").longValue()
                        == result.get("distinct_examples").longValue();
        System.exit(exact ? 0 : 1);
    }

    private ObjectNode run(int kills, int rate, int kafkaPort, SplittableRandom random)
            throws IOException, InterruptedException {
        Process system = start(kafkaPort);
        for (ArrayNode batch : world.items()) {
            site.postItems(batch);
        }
        Thread load = new Thread(() -> load(rate), "load");
        load.start();
        for (int kill = 1; kill <= kills; kill++) {
            Thread.sleep(1000 + random.nextInt(14_000));
            system.destroyForcibly().waitFor();
            System.err.printf("kill %d of %d, %d acknowledged%n", kill, kills, acknowledged.size());
            system = start(kafkaPort);
        }
        Thread.sleep(5000);
        stopped.set(true);
        load.join();
        ObjectNode result = drained("127.0.0.1:" + kafkaPort);
        result.put("kills", kills)
                .put(
                        "restart_ms_max",
                        restarts.stream().mapToLong(ms -> ms).max().orElse(0));
        system.destroy();
        system.waitFor(60, TimeUnit.SECONDS);
        return result;
    }

    /** Waits up to two minutes until everything acknowledged is joined and everything joined is applied. */
    private ObjectNode drained(String brokers) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            Ledger ledger = Ledger.read(brokers, "training_examples");
            long applied = (long) site.metric("milvuso_training_examples_applied_total");
            boolean complete = ledger.hasAll(acknowledged) && applied == ledger.distinctExamples();
            if (complete || Instant.now().isAfter(end)) {
                return ledger.compare(new HashSet<>(acknowledged)).put("applied", applied);
            }
            Thread.sleep(2000);
        }
    }

    /** The process is the JVM itself: the launcher ends in exec, so that a kill hits it and not a shell. */
    private Process start(int kafkaPort) throws IOException {
        long began = System.nanoTime();
        Process process = new ProcessBuilder(
                        launcher.toAbsolutePath().toString(),
                        "standalone",
                        "--data-dir",
                        directory.toString(),
                        "--port",
                        String.valueOf(port),
                        "--set",
                        "kafka.brokers=127.0.0.1:" + kafkaPort)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolveSibling("crash.log").toFile()))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line;
        while ((line = out.readLine()) != null) {
            if (line.startsWith("ready ")) {
                restarts.add((System.nanoTime() - began) / 1_000_000);
                return process;
            }
        }
        throw new IOException("standalone ended before it was ready, see crash.log beside " + directory);
    }

    private void load(int rate) {
        SplittableRandom random = new SplittableRandom(2);
        while (!stopped.get()) {
            List<ObjectNode> batch = new ArrayList<>();
            for (int i = 0; i < Math.max(1, rate / 50); i++) {
                batch.add(world.like(UUID.randomUUID().toString(), random));
            }
            if (site.postActions(batch) == 202) {
                batch.forEach(action -> acknowledged.add(action.get("event_id").textValue()));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
