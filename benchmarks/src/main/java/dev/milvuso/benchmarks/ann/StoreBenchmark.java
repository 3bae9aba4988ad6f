package dev.milvuso.benchmarks.ann;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Child;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The embedded store with its default index and keys of text: what filters and excluded keys cost a search, and how
 * soon it answers once it is opened again. Vectors are those of {@link Factors}, by inner product.
 */
public final class StoreBenchmark implements Benchmark {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of a process that has the store, beyond twelve times the vectors. */
    private static final long MEBIBYTES = 1024;

    @Override
    public String name() {
        return "store";
    }

    @Override
    public String description() {
        return "Searches of the embedded store by filter and with keys excluded; how soon it answers after an opening.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number("rows", 1_000_000, "rows of the store", 20_000, 10_000_000),
                Parameter.number("dimension", 64, "numbers in a vector", 2, 4096),
                Parameter.number("queries", 1000, "searches of each kind in a round", 10, 100_000),
                Parameter.number("rounds", 5, "rounds, after one of warming up", 1, 1000),
                Parameter.text(
                        "directory", "FOLDER", "", "where the store is filled, or is since an earlier run: a new one"));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws IOException, InterruptedException {
        List<ObjectNode> rows = new ArrayList<>();
        rows.addAll(run(session, StoreSearches.class, List.of("queries", "rounds")));
        rows.add(opening(session, "opening after a close", false));
        rows.add(opening(session, "opening after a halt", true));
        return rows;
    }

    /** @param halted whether the store is not closed before, after some of its rows have been replaced */
    private ObjectNode opening(Session session, String name, boolean halted) throws IOException, InterruptedException {
        if (halted) {
            run(session, StoreOpening.class, List.of(), "--halt", "true");
        }
        session.say("opening");
        ObjectNode row = JSON.createObjectNode().put("name", name);
        return row.setAll(run(session, StoreOpening.class, List.of()).get(0));
    }

    /** In a process of its own. @return each line that it printed */
    private static List<ObjectNode> run(Session session, Class<?> program, List<String> options, String... more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--directory", directory(session)));
        for (String option : List.of("rows", "dimension")) {
            arguments.addAll(List.of("--" + option, session.text(option)));
        }
        for (String option : options) {
            arguments.addAll(List.of("--" + option, session.text(option)));
        }
        arguments.addAll(List.of(more));
        long vectors = (4L * session.number("rows") * session.number("dimension")) >> 20;
        String printed = Child.run(session, Map.of(), Child.java(program, MEBIBYTES + 12 * vectors, arguments));
        List<ObjectNode> rows = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            rows.add((ObjectNode) JSON.readTree(line));
        }
        return rows;
    }

    private static String directory(Session session) {
        String given = session.text("directory");
        return given.isEmpty() ? session.directory().resolve("store").toString() : given;
    }
}
