package dev.milvuso.benchmarks.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.cluster.Cluster;
import dev.milvuso.benchmarks.cluster.Links;
import dev.milvuso.benchmarks.cluster.OwnLinks;
import dev.milvuso.benchmarks.cluster.Toxiproxy;
import dev.milvuso.benchmarks.process.Target;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.nio.file.Path;
import java.util.List;

/** {@link Degradation} from the command line. */
public final class DegradationBenchmark implements Benchmark {
    private static final List<String> SERVICES = List.of("redis", "milvus", "postgres", "kafka");

    /** So little that Redis and Milvus are needed for most lists. */
    private static final String[] LITTLE_MEMORY = {
        "recommendation.cached_users=300", "recommendation.index_memory=65536", "recommendation.list_ttl=1s"
    };

    @Override
    public String name() {
        return "degradation";
    }

    @Override
    public String description() {
        return "What readers and writers notice while Redis, Milvus, PostgreSQL or Kafka, or two of them, are stopped,"
                + " frozen or slow.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text("faults", "TEXT", "", "only those whose name has this in it, such as frozen or redis+"),
                Parameter.text("toxiproxy", "FILE", "", "program of Toxiproxy's server; without it a proxy of our own"),
                Parameter.number("reads", 50, "a second", 1, 100_000),
                Parameter.number("writes", 20, "a second", 1, 100_000),
                Parameter.number("seconds", 10, "that a fault lasts", 1, 3600));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        List<Fault> faults = Fault.all(SERVICES).stream()
                .filter(each -> each.name().contains(session.text("faults")))
                .toList();
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("--faults is " + session.text("faults")
                    + ": must be part of a name such as \"redis frozen\" or \"redis+milvus slow\"");
        }
        Cluster cluster = Cluster.start(session, links(session));
        cluster.startLearning();
        String url = cluster.startServer(LITTLE_MEMORY);
        Learned learned = new Learned(url);
        session.say("teaching %d users' taste", Learned.USERS);
        learned.teach();
        return new Degradation(session, cluster, url, Learned.USERS, Learned.ITEMS)
                .measure(faults, session.number("reads"), session.number("writes"), session.number("seconds"));
    }

    private static Links links(Session session) throws Exception {
        String toxiproxy = session.text("toxiproxy");
        return toxiproxy.isEmpty()
                ? new OwnLinks()
                : new Toxiproxy(Path.of(toxiproxy), session.directory().resolve("toxiproxy.log"));
    }

    @Override
    public boolean passes(List<ObjectNode> rows) {
        return Target.allMet(rows);
    }
}
