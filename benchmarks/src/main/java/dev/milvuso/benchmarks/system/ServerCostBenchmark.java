package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Target;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.util.List;

/** {@link ServerCost} from the command line. */
public final class ServerCostBenchmark implements Benchmark {
    @Override
    public String name() {
        return "serve-cost";
    }

    @Override
    public String description() {
        return "CPU time a request costs the recommender-server alone, beside a bare route; needs wrk and Linux.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number("items", 100_000, "in the catalogue", 1000, 10_000_000),
                Parameter.number("users", 100_000, "known to the model", 1000, 10_000_000),
                Parameter.number("dimension", 64, "of their vectors", 2, 4096),
                Parameter.number("connections", 64, "of wrk", 2, 10_000),
                Parameter.number("seconds", 5, "of each measurement", 1, 3600),
                Parameter.text(
                        "kinds",
                        "TEXT",
                        "",
                        "only requests whose name has this in it, such as kept, and the bare route"),
                Parameter.number("rounds", 6, "of all kinds; the first half is for the compiler", 1, 1000));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        int items = session.number("items");
        int users = session.number("users");
        Alone server = Alone.start(session, items, users, session.number("dimension"), 2048);
        ServerCost cost =
                new ServerCost(server, items, users, session.number("connections"), session.number("seconds"));
        return cost.measure(session.text("kinds"), session.number("rounds"));
    }

    @Override
    public boolean passes(List<ObjectNode> rows) {
        return Target.allMet(rows)
                && rows.stream().allMatch(row -> row.path("errors").asLong() == 0);
    }
}
