package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Target;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How many actions a {@link ServerAlone} takes, and whether the log has each once. */
public final class IngestBenchmark implements Benchmark {
    private static final int ARRAY = 1000;
    private static final int ITEMS = 10_000;
    private static final double ARRAYS_PER_SECOND = 50_000;
    private static final double SINGLE_PER_SECOND = 10_000;

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public String description() {
        return "Actions a second by POST /actions, alone and in arrays of 1,000, and whether each is on the log once;"
                + " needs wrk and Linux.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number("users", 100_000, "who act", 1000, 10_000_000),
                Parameter.number("connections", 16, "of wrk with arrays", 2, 10_000),
                Parameter.number("single-connections", 64, "of wrk with single actions", 2, 10_000),
                Parameter.number("seconds", 10, "of each measurement", 1, 3600),
                Parameter.number("rounds", 4, "of both; the first half is for the compiler", 1, 1000));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        int users = session.number("users");
        Alone server = Alone.start(session, ITEMS, users, 64, 2048);
        List<ObjectNode> arrays = new ArrayList<>();
        List<ObjectNode> single = new ArrayList<>();
        long doubtful = 0;
        int rounds = session.number("rounds");
        for (int round = 0; round < rounds; round++) {
            ObjectNode array = measured(server, ARRAY, session.number("connections"), users);
            ObjectNode one = measured(server, 1, session.number("single-connections"), users);
            doubtful += ARRAY * array.get("errors").asLong() + one.get("errors").asLong();
            if (2 * round >= rounds) {
                arrays.add(array);
                single.add(one);
            }
        }
        List<ObjectNode> rows = new ArrayList<>(arrays);
        rows.addAll(single);
        rows.add(Target.atLeast("actions in arrays, a second", median(arrays), ARRAYS_PER_SECOND));
        rows.add(Target.atLeast("single actions, a second", median(single), SINGLE_PER_SECOND));
        rows.addAll(counted(server, doubtful));
        return rows;
    }

    private static ObjectNode measured(Alone server, int count, int connections, int users)
            throws IOException, InterruptedException {
        double micros = server.cpuMicros();
        Wrk.Answered answered = Wrk.run(
                server.session(),
                server.url(),
                Wrk.likes(count, users, ITEMS),
                connections,
                server.session().number("seconds"));
        micros = server.cpuMicros() - micros;
        long actions = answered.count() * count;
        ObjectNode row = Site.JSON
                .createObjectNode()
                .put("name", count == 1 ? "single actions" : "actions in arrays of " + count)
                .put("connections", connections)
                .put("actions_per_second", actions / answered.seconds())
                .put("errors", answered.errors())
                .put("process_cpu_us_per_action", micros / actions)
                .put("p50_ms", answered.p50Millis())
                .put("p99_ms", answered.p99Millis());
        server.session().say("%s", row);
        return row;
    }

    private static double median(List<ObjectNode> rows) {
        return rows.stream()
                .map(row -> row.get("actions_per_second").doubleValue())
                .sorted(Comparator.naturalOrder())
                .skip(rows.size() / 2)
                .findFirst()
                .orElse(Double.NaN);
    }

    /**
     * wrk breaks off what it waits for at its end, so the server says how many it has accepted.
     *
     * @param doubtful actions of requests that were not answered with 202: the log may have them
     */
    private static List<ObjectNode> counted(Alone server, long doubtful) throws Exception {
        server.session().say("counting the actions on the log");
        Site site = new Site(server.url());
        double accepted = -1;
        while (accepted < site.metric("milvuso_actions_accepted_total")) {
            accepted = site.metric("milvuso_actions_accepted_total");
            Thread.sleep(3000); // until the last of those that nobody waits for are in
        }
        LoggedActions logged = LoggedActions.read(ServerAlone.config(server.settings()));
        return List.of(
                Target.atMost("accepted, but not on the log", accepted - logged.distinct(), 0),
                Target.atMost("on the log, but not accepted", logged.distinct() - accepted, (double) doubtful),
                Target.atMost("more than once on the log", (double) (logged.count() - logged.distinct()), 0));
    }

    @Override
    public boolean passes(List<ObjectNode> rows) {
        return Target.allMet(rows)
                && rows.stream().allMatch(row -> row.path("errors").asLong() == 0);
    }
}
