package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Paced;
import dev.milvuso.benchmarks.process.Quantiles;
import dev.milvuso.benchmarks.process.Target;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * What readers of a {@link ServerAlone} notice of a batch training on all other cores. The training is halted and goes
 * on, so that quiet and busy stretches take turns.
 */
public final class IsolationBenchmark implements Benchmark {
    private static final int ITEMS = 100_000;
    private static final int TRAINING_USERS = 20_000;
    private static final int TRAINING_ITEMS = 10_000;
    private static final int CHOSEN = 100;
    private static final double RATIO = 2;

    @Override
    public String name() {
        return "isolation";
    }

    @Override
    public String description() {
        return "The p99 of lists while `milvuso train` runs on all other cores, beside the quiet one; needs Linux.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number("reads", 500, "a second, at a steady rate", 1, 100_000),
                Parameter.number("users", 100_000, "known to the model", 1000, 10_000_000),
                Parameter.number("threads", 0, "of the training; 0: one less than there are cores", 0, 1024),
                Parameter.number(
                        "nice",
                        0,
                        "of the training beyond that of `milvuso train`, as the program of that name takes it",
                        0,
                        19),
                Parameter.number("warm-up", 20, "seconds of reads before it is measured", 0, 3600),
                Parameter.number("seconds", 10, "of each stretch", 1, 3600),
                Parameter.number("rounds", 5, "of a quiet and a busy stretch", 1, 1000));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        int users = session.number("users");
        Alone server = Alone.start(session, ITEMS, users, 64, 2048);
        Process training = training(session);
        double[] quiet = new double[session.number("rounds")];
        double[] busy = new double[quiet.length];
        List<ObjectNode> rows = new ArrayList<>();
        try (Paced reads = new Paced(session.number("reads"), read(server.url(), users))) {
            reads.start();
            session.say("warming up for %d s", session.number("warm-up"));
            Thread.sleep(session.number("warm-up") * 1000L);
            for (int round = 0; round < quiet.length; round++) {
                signal(training, "STOP");
                rows.add(stretch("quiet", reads, session.number("seconds")));
                quiet[round] = rows.get(rows.size() - 1).get("p99_ms").doubleValue();
                signal(training, "CONT");
                rows.add(stretch("training", reads, session.number("seconds")));
                busy[round] = rows.get(rows.size() - 1).get("p99_ms").doubleValue();
                session.say(
                        "round %d: p99 %.2f ms quiet, %.2f ms beside the training", round, quiet[round], busy[round]);
            }
        }
        if (!training.isAlive()) {
            throw new IOException("the training ended before the measurement did: take more --rounds of fewer seconds");
        }
        rows.add(Target.atMost("p99 beside the training to the quiet one", median(busy) / median(quiet), RATIO));
        return rows;
    }

    private static Supplier<HttpRequest> read(String url, int users) {
        SplittableRandom random = new SplittableRandom(4);
        return () -> HttpRequest.newBuilder(URI.create(url + "/recommendations/user-" + random.nextInt(users)))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    private static ObjectNode stretch(String name, Paced reads, int seconds) throws IOException, InterruptedException {
        Thread.sleep(500); // what was on its way
        long begin = System.nanoTime();
        Thread.sleep(seconds * 1000L);
        long end = System.nanoTime();
        Thread.sleep(500);
        List<Paced.Answer> answers = reads.due(begin, end);
        long bad = answers.stream().filter(each -> each.status() != 200).count();
        if (answers.isEmpty() || bad > 0) {
            throw new IOException(bad + " of " + answers.size() + " reads were not answered with 200");
        }
        double[] millis = Paced.sortedMillis(answers);
        return Site.JSON
                .createObjectNode()
                .put("name", name)
                .put("reads", millis.length)
                .put("p50_ms", Quantiles.of(millis, 0.5))
                .put("p99_ms", Quantiles.of(millis, 0.99));
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** By chance: what is learned does not matter, only the work. */
    private static Path data(Session session) throws IOException {
        Path file = session.directory().resolve("train.rating.gz");
        SplittableRandom random = new SplittableRandom(5);
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.US_ASCII)) {
            for (int user = 0; user < TRAINING_USERS; user++) {
                for (int i = 0; i < CHOSEN; i++) {
                    out.write(user + "\t" + random.nextInt(TRAINING_ITEMS) + "\t5\t" + (1_000_000 + i) + "\n");
                }
            }
        }
        return file;
    }

    private static Process training(Session session) throws IOException {
        int given = session.number("threads");
        int threads = given == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() - 1) : given;
        session.say("starting a training with %d threads", threads);
        Process process = new ProcessBuilder(
                        "nice",
                        "-n",
                        session.text("nice"),
                        SystemUnderTest.home().resolve("milvuso").toString(),
                        "train",
                        "--format",
                        "ncf",
                        "--data",
                        data(session).toString(),
                        "--model-out",
                        session.directory().resolve("model").toString(),
                        "--set",
                        "training.epochs=10000",
                        "--set",
                        "training.threads=" + threads)
                .redirectErrorStream(true)
                .redirectOutput(session.directory().resolve("train.log").toFile())
                .start();
        session.opened(() -> process.destroyForcibly().waitFor());
        return process;
    }

    /** The launcher becomes the JVM, by exec; whatever it may have started gets the signal too. */
    private static void signal(Process training, String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, String.valueOf(training.pid())));
        try (Stream<ProcessHandle> all = training.descendants()) {
            all.forEach(each -> command.add(String.valueOf(each.pid())));
        }
        Process kill = new ProcessBuilder(command).start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("the training could not be told to " + name + ": has it ended?");
        }
    }
}
