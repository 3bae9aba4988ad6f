package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Target;
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
        ObjectNode reacting = new Reacting(site).run(rate, session.number("warm-up"), session.number("trials"));
        rows.add(reacting);
        rows.add(Target.atLeast(
                "next list without the item",
                reacting.get("next_list_without_the_item").doubleValue(),
                1));
        rows.add(Target.atLeast(
                "liked kind rose", reacting.get("liked_kind_rose").doubleValue(), 0.9));
        if (session.number("items") > 0) {
            session.say("%d new items", session.number("items"));
            ObjectNode newItem = new NewItem(site).run(rate, session.number("items"));
            rows.add(newItem);
            rows.add(Target.atMost(
                    "new item in lists of others, p99 ms", newItem.get("p99_ms").doubleValue(), 2000));
        }
        return rows;
    }

    @Override
    public boolean passes(List<ObjectNode> rows) {
        return Target.allMet(rows);
    }
}
