package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.util.ArrayList;
import java.util.List;

/** {@link Reacting} and {@link NewItem} from the command line. */
public final class ReactingBenchmark implements Benchmark {
    @Override
    public String name() {
        return "reacting";
    }

    @Override
    public String description() {
        return "What the next list says after an action, and how soon a new item reaches those whom it suits.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                SystemUnderTest.URL,
                Parameter.number("rate", 500, "actions a second in the background", 0, 1_000_000),
                Parameter.number("warm-up", 60, "seconds of that before the first trial", 0, 86_400),
                Parameter.number("trials", 500, "users who act, one after the other", 1, 1_000_000),
                Parameter.number("items", 20, "new items, one after the other", 0, 1_000_000));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        Site site = new Site(SystemUnderTest.url(session));
        int rate = session.number("rate");
        session.say("warming up for %d s, then %d trials", session.number("warm-up"), session.number("trials"));
        List<ObjectNode> rows = new ArrayList<>();
        rows.add(new Reacting(site).run(rate, session.number("warm-up"), session.number("trials")));
        if (session.number("items") > 0) {
            rows.add(new NewItem(site).run(rate, session.number("items")));
        }
        return rows;
    }
}
