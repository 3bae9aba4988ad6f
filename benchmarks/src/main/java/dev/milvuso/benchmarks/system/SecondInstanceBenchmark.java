package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.cluster.Cluster;
import dev.milvuso.benchmarks.cluster.DirectLinks;
import dev.milvuso.benchmarks.process.Target;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How soon what one server accepted is learned by the trainer and served by another, by that one's own metric, and how
 * long the other goes on serving a list that it has made out of date.
 */
public final class SecondInstanceBenchmark implements Benchmark {
    private static final double BOUND_MS = 300;
    private static final double INVALIDATION_BOUND_MS = 1000;

    @Override
    public String name() {
        return "second-instance";
    }

    @Override
    public String description() {
        return "From an action that one server accepted to the vector that contains it being served by another,"
                + " and to the other's list being another.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number("rate", 1000, "actions a second", 1, 1_000_000),
                Parameter.number("warm-up", 60, "seconds of that before it is measured", 0, 86_400),
                Parameter.number("seconds", 30, "of each of three measurements", 1, 86_400),
                Parameter.number("trials", 1000, "actions after which the other's list is awaited", 1, 1_000_000));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        Cluster cluster = Cluster.start(session, new DirectLinks());
        cluster.startLearning();
        Site first = new Site(cluster.startServer());
        Site second = new Site(cluster.startServer());
        World world = new World(20, 50, 2000);
        first.postItems(world);
        List<ObjectNode> rows = new ArrayList<>();
        try (BackgroundLoad load = new BackgroundLoad(first, world, session.number("rate"))) {
            load.start();
            session.say("warming up for %d s", session.number("warm-up"));
            Thread.sleep(session.number("warm-up") * 1000L);
            for (int round = 0; round < 3; round++) {
                rows.addAll(measured(first, second, session.number("seconds")));
                session.say("%s", rows.get(rows.size() - 2));
            }
            ObjectNode outdated = new Invalidation(first, second, world).run(session.number("trials"));
            session.say("%s", outdated);
            rows.add(outdated);
            rows.add(Target.atMost(
                    "longest that a second instance serves a list after an action, ms",
                    outdated.get("max_ms").doubleValue(),
                    INVALIDATION_BOUND_MS));
        }
        return rows;
    }

    private static List<ObjectNode> measured(Site first, Site second, int seconds)
            throws IOException, InterruptedException {
        double accepted = first.metric("milvuso_actions_accepted_total");
        FreshnessHistogram before = FreshnessHistogram.of(second.text("/metrics"));
        Thread.sleep(seconds * 1000L);
        double rate = (first.metric("milvuso_actions_accepted_total") - accepted) / seconds;
        FreshnessHistogram learned =
                FreshnessHistogram.of(second.text("/metrics")).since(before);
        double p99 = learned.quantileMillis(0.99);
        ObjectNode row = Site.JSON
                .createObjectNode()
                .put("name", "learned and served on a second instance")
                .put("actions_accepted_per_second", rate)
                .put("vectors", learned.count())
                .put("p50_ms", learned.quantileMillis(0.5))
                .put("p99_ms", p99);
        return List.of(row, Target.atMost("p99 on a second instance, ms", p99, BOUND_MS));
    }

    @Override
    public boolean passes(List<ObjectNode> rows) {
        return Target.allMet(rows);
    }
}
