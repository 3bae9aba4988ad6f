package dev.milvuso.benchmarks.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Child;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code train} beside its peers, by {@code benchmarks/peers/run.sh}; by itself where that cannot run. */
public final class TrainBenchmark implements Benchmark {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String description() {
        return "Speed and quality of train, beside implicit, LIBMF and others in the same run.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text(
                        "data",
                        "DIR",
                        "",
                        "with train.rating.gz, test.rating.gz and test.negative.gz; without it a small generated set"),
                Parameter.text(
                        "programs",
                        "NAMES",
                        "milvuso-sgd,milvuso-fast,libmf-logistic,libmf-bpr,implicit-als,implicit-bpr",
                        "of benchmarks/peers/programs.toml, with commas"),
                Parameter.text("dimensions", "NUMBERS", "64", "with commas"),
                Parameter.number("rounds", 1, "every round runs every program once", 1, 1000),
                Parameter.number("epochs", 1_000_000, "at most so many, for the speed alone", 1, 1_000_000),
                Parameter.number("threads", Runtime.getRuntime().availableProcessors(), "of every program", 1, 1024));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws IOException, InterruptedException {
        Path data = data(session);
        try {
            return Comparison.rows(compared(session, data));
        } catch (IOException e) {
            if (session.isClosed()) {
                throw e;
            }
            session.say("the peers cannot be measured here: %s", String.valueOf(e.getMessage()));
            return new OwnTraining(session, data).rows("benchmarks/peers/run.sh: " + e.getMessage());
        }
    }

    private static Path data(Session session) throws IOException {
        if (session.text("data").isEmpty()) {
            GeneratedData.write(session.directory());
            return session.directory();
        }
        Path data = Path.of(session.text("data")).toAbsolutePath();
        for (String name : List.of("train.rating.gz", "test.rating.gz", "test.negative.gz")) {
            if (!Files.isReadable(data.resolve(name))) {
                throw new IllegalArgumentException(
                        "--data is " + data + ": must hold train.rating.gz, test.rating.gz and test.negative.gz");
            }
        }
        return data;
    }

    private static JsonNode compared(Session session, Path data) throws IOException, InterruptedException {
        Path result = session.directory().resolve("result");
        List<String> command = new ArrayList<>(List.of(
                OwnTraining.home().resolve("benchmarks/peers/run.sh").toString(),
                "--data",
                data.toString(),
                "--work",
                session.directory().resolve("work").toString(),
                "--out",
                result.toString()));
        for (String option : List.of("programs", "dimensions", "rounds", "epochs", "threads")) {
            command.addAll(List.of("--" + option, session.text(option)));
        }
        command.addAll(session.configuration());
        Child.run(session, Map.of(), command);
        return JSON.readTree(result.resolveSibling("result.json").toFile());
    }
}
