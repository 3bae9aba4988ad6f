package dev.milvuso.benchmarks.table;

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

/** {@link TableGrowth}, {@link Arrivals} and {@link SnapshotCost}, each in a process with a heap for so many rows. */
public final class TableBenchmark implements Benchmark {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SPARE_MEBIBYTES = 768;

    @Override
    public String name() {
        return "table";
    }

    @Override
    public String description() {
        return "Bytes per row of the parameter table, its speed as it grows, and what snapshots of it cost.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number("rows", 500_000, "users and items together", 10_000, 1_000_000_000),
                Parameter.number("dimension", 64, "numbers in a vector, of the growing table", 2, 4096),
                Parameter.text(
                        "optimizer", "NAME", "adagrad", "whose state lies beside the rows of the growing table"));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws IOException, InterruptedException {
        if (session.configuration().contains("--config")) {
            throw new IllegalArgumentException("--config is given: table takes single keys alone, with --set");
        }
        int dimension = session.number("dimension");
        long bytesPerRow = 4L * dimension * 3 + 400;
        long heap = SPARE_MEBIBYTES + ((session.number("rows") * bytesPerRow) >> 20);
        List<ObjectNode> rows = new ArrayList<>();
        String count = session.text("rows");
        session.say("growing to %s rows", count);
        addGrowth(
                rows,
                run(session, TableGrowth.class, heap, count, session.text("dimension"), session.text("optimizer")));
        session.say("learning while %s rows come", count);
        List<String> arrivals = new ArrayList<>(List.of(count));
        arrivals.addAll(session.configuration());
        run(session, Arrivals.class, heap, arrivals.toArray(String[]::new)).properties().stream()
                .filter(field -> field.getValue().isObject())
                .forEach(
                        field -> rows.add(row(field.getKey().replace('_', ' ')).setAll((ObjectNode) field.getValue())));
        session.say("writing snapshots of %s rows", count);
        Path directory = Files.createDirectory(session.directory().resolve("snapshots"));
        List<String> arguments = new ArrayList<>(List.of(count, directory.toString()));
        arguments.addAll(session.configuration());
        addSnapshots(rows, run(session, SnapshotCost.class, heap, arguments.toArray(String[]::new)));
        return rows;
    }

    private static JsonNode run(Session session, Class<?> program, long heap, String... arguments)
            throws IOException, InterruptedException {
        return JSON.readTree(Child.run(session, Map.of(), Child.java(program, heap, List.of(arguments))));
    }

    private static void addGrowth(List<ObjectNode> rows, JsonNode result) {
        result.get("results").forEach(size -> rows.add(row("growth").setAll((ObjectNode) size)));
        rows.add(row("findOrAdd").setAll((ObjectNode) result.get("find_or_add")));
    }

    /** Each snapshot a row; what is said of all of them, a row of its own. */
    private static void addSnapshots(List<ObjectNode> rows, JsonNode result) {
        ObjectNode whole = row("snapshots and restart");
        rows.add(whole);
        result.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode part) {
                rows.add(row(field.getKey().replace('_', ' ')).setAll(part));
            } else {
                whole.set(field.getKey(), field.getValue());
            }
        });
    }

    private static ObjectNode row(String name) {
        return JSON.createObjectNode().put("name", name);
    }
}
