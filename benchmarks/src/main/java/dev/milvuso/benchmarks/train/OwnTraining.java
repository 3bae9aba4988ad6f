package dev.milvuso.benchmarks.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.milvuso.benchmarks.process.Child;
import dev.milvuso.standalone.bench.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Milvuso's programs of {@code programs.toml} once each, without Python; its peers are rows that say why not. */
final class OwnTraining {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Session session;
    private final Path data;

    OwnTraining(Session session, Path data) {
        this.session = session;
        this.data = data;
    }

    /** Where the launcher lies, which has told so. */
    static Path home() {
        return Path.of(System.getProperty("milvuso.home", "."));
    }

    /** @param fault why the peers are not measured */
    List<ObjectNode> rows(String fault) throws IOException, InterruptedException {
        JsonNode programs = new TomlMapper()
                .readTree(home().resolve("benchmarks/peers/programs.toml").toFile());
        List<ObjectNode> rows = new ArrayList<>();
        for (String name : session.text("programs").split(",", -1)) {
            JsonNode program = programs.path(name);
            if (program.isMissingNode()) {
                throw new IllegalArgumentException(
                        "--programs names " + name + ": benchmarks/peers/programs.toml has none");
            }
            if (!program.get("kind").textValue().equals("milvuso")) {
                rows.add(JSON.createObjectNode().put("name", name).put("fault", fault));
                continue;
            }
            for (String dimension : session.text("dimensions").split(",", -1)) {
                rows.add(row(name, program, dimension));
            }
        }
        return rows;
    }

    private ObjectNode row(String name, JsonNode program, String dimension) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(session.directory(), name);
        int epochs = Math.min(program.get("epochs").intValue(), session.number("epochs"));
        JsonNode result = train(program, dimension, epochs, directory);
        List<String> log = Files.readAllLines(directory.resolve("log"));
        double cpu = cpuSeconds(log.get(log.size() - 1)) - cpuSeconds(log.get(0));
        JsonNode quality = evaluate(directory.resolve("model"));
        return JSON.createObjectNode()
                .put("name", name)
                .put("dimension", Integer.parseInt(dimension))
                .put("epochs", epochs)
                .put("samples_per_cpu_second", result.get("samples").doubleValue() / cpu)
                .put("cpu_seconds", cpu)
                .put("hr", quality.get("hr").doubleValue())
                .put("ndcg", quality.get("ndcg").doubleValue());
    }

    private static double cpuSeconds(String line) throws IOException {
        return JSON.readTree(line).get("cpu_seconds").doubleValue();
    }

    private JsonNode train(JsonNode program, String dimension, int epochs, Path directory)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("train", "--json", "--format", "ncf"));
        command.addAll(List.of("--data", data.resolve("train.rating.gz").toString()));
        command.addAll(List.of("--model-out", directory.resolve("model").toString()));
        command.addAll(List.of("--epoch-log", directory.resolve("log").toString()));
        List<String> settings = new ArrayList<>(List.of(
                "training.epochs=" + epochs,
                "training.threads=" + session.number("threads"),
                "recommendation.embedding_dim=" + dimension));
        program.path("set")
                .properties()
                .forEach(field ->
                        settings.add(field.getKey() + "=" + field.getValue().asText()));
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        command.addAll(session.configuration());
        return milvuso(command);
    }

    private JsonNode evaluate(Path model) throws IOException, InterruptedException {
        return milvuso(List.of(
                "evaluate",
                "--json",
                "--protocol",
                "leave-one-out",
                "--model",
                model.toString(),
                "--test",
                data.resolve("test.rating.gz").toString(),
                "--negatives",
                data.resolve("test.negative.gz").toString(),
                "--k",
                "10"));
    }

    private JsonNode milvuso(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home().resolve("milvuso").toString()));
        command.addAll(arguments);
        return JSON.readTree(Child.run(session, Map.of(), command));
    }
}
