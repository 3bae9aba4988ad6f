package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.util.List;

/** {@link Freshness} from the command line. */
public final class FreshnessBenchmark implements Benchmark {
    @Override
    public String name() {
        return "freshness";
    }

    @Override
    public String description() {
        return "Milliseconds from a new user's third like to a list that shows it, under load.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                SystemUnderTest.URL,
                Parameter.number("rate", 500, "actions a second in the background", 0, 1_000_000),
                Parameter.number("warm-up", 60, "seconds of that before the first trial", 0, 86_400),
                Parameter.number("trials", 100, "new users, one after the other", 1, 1_000_000));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        Freshness freshness = new Freshness(new Site(SystemUnderTest.url(session)));
        session.say("warming up for %d s, then %d trials", session.number("warm-up"), session.number("trials"));
        return List.of(freshness.run(session.number("rate"), session.number("warm-up"), session.number("trials")));
    }
}
