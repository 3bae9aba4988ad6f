package dev.milvuso.benchmarks.joiner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.util.List;

/** {@link JoinerCost} from the command line. */
public final class JoinerBenchmark implements Benchmark {
    @Override
    public String name() {
        return "joiner";
    }

    @Override
    public String description() {
        return "CPU time a record of the join, against a Flink job that passes records through.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number("actions", 200_000, "actions of a run, each with its features", 1, 100_000_000),
                Parameter.number("with-request", 0, "one action in so many answers a served list; 0: none", 0, 1000),
                Parameter.number("live", 0, "actions a second, written while the job runs; 0: a backlog", 0, 1_000_000),
                Parameter.number("warm-up", 2, "rounds that do not count", 0, 100),
                Parameter.number("rounds", 3, "rounds that count; each runs both jobs", 1, 1000),
                Parameter.text("backend", "NAME", "rocksdb", "of the job's state, rocksdb or hashmap"));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        return List.of(JoinerCost.run(session));
    }
}
