package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link Prequential} from the command line: the same stream through a standalone of each configuration. */
public final class PrequentialBenchmark implements Benchmark {
    @Override
    public String name() {
        return "prequential";
    }

    @Override
    public String description() {
        return "NDCG@10, coverage, diversity and novelty of lists asked for before each action of a replayed stream.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text(
                        "data",
                        "FILE",
                        "",
                        "user, item and more on each line, oldest first; a made-up stream without it"),
                Parameter.text("items", "FILE", "", "a body of POST /items on each line; needed with --data"),
                Parameter.number("actions", 1_000_000, "of the stream, from its beginning", 1, 100_000_000),
                Parameter.number("every", 50, "one in so many actions is asked for", 1, 1_000_000),
                Parameter.number("rate", 4000, "actions a second at most", 1, 1_000_000),
                Parameter.text(
                        "arms",
                        "LIST",
                        "retrieval:ranking.sequence=0,ranking.learned=off;ranker:ranking.sequence=0;next:ranking.learned=off;"
                                + "shipped:;diversity:ranking.diversity=0.3",
                        "what is compared: NAME:KEY=VALUE,KEY=VALUE;NAME:..."));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        Interactions data = data(session);
        List<ObjectNode> rows = new ArrayList<>();
        for (String arm : session.text("arms").split(";", -1)) {
            String[] named = arm.split(":", 2);
            List<String> settings =
                    named.length == 1 || named[1].isBlank() ? List.of() : List.of(named[1].split(",", -1));
            session.say("%s: %d actions", named[0], data.interactions().size());
            try (SystemUnderTest system = SystemUnderTest.started(session, settings)) {
                Prequential replay = new Prequential(new Site(system.url()), data);
                replay.run(session.number("every"), session.number("rate"));
                if (rows.isEmpty()) {
                    rows.add(replay.popular().row("popular"));
                }
                rows.add(replay.personal().row(named[0]));
            }
        }
        return rows;
    }

    private static Interactions data(Session session) throws IOException {
        int actions = session.number("actions");
        if (session.text("data").isEmpty()) {
            return Interactions.generated(new World(20, 50, 2000), actions);
        }
        if (session.text("items").isEmpty()) {
            throw new IllegalArgumentException("--data needs --items, the catalogue of what is acted on");
        }
        return Interactions.read(Path.of(session.text("data")), Path.of(session.text("items")), actions);
    }
}
