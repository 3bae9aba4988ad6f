package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.net.URI;
import java.util.List;

/** {@link Serving} from the command line. */
public final class ServingBenchmark implements Benchmark {
    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String description() {
        return "Requests a second, CPU time and delays of recommendations and actions on loopback.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                SystemUnderTest.URL,
                Parameter.number("connections", 16, "clients, each asks again as soon as it has its answer", 1, 10_000),
                Parameter.number("seconds", 5, "of each of four measurements, after as many of warming up", 1, 86_400));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        URI url = URI.create(SystemUnderTest.url(session));
        Serving serving = new Serving(url, session.number("connections"), session.number("seconds"));
        serving.prepare();
        session.say("four measurements of %d s, each after as many of warming up", session.number("seconds"));
        return serving.measureAll();
    }
}
