package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a request costs a {@link ServerAlone}: CPU time by the process's own accounting in {@code /proc}, on load from
 * {@code wrk}. Kinds of requests and a bare route take turns, round by round, so that what else the machine does
 * concerns all.
 */
final class ServerCost {
    private static final String KEPT = "list kept";
    private static final String BARE = "bare route";
    private static final String MADE = "list made, filtered and diverse";
    private static final double KEPT_MICROS = 150;
    private static final double MADE_MICROS = 600;
    private static final double OF_BARE = 0.6;
    private static final double P99_MILLIS = 10;
    private static final int SETTLING_SECONDS = 60;

    /** What a server does when nobody asks it, at most, of one core. */
    private static final double IDLE = 0.3;

    /** @param script Lua of wrk that makes its requests */
    private record Kind(String name, String script) {}

    private final Alone server;
    private final int connections;
    private final int seconds;
    private final List<Kind> kinds;
    private final Map<String, List<ObjectNode>> measured = new TreeMap<>();

    ServerCost(Alone server, int items, int users, int connections, int seconds) {
        this.server = server;
        this.connections = connections;
        this.seconds = seconds;
        String anyone = "math.random(0," + (users - 1) + ")";
        String count = "num_recommendations=\" .. math.random(8,12)";
        this.kinds = List.of(
                new Kind(KEPT, Wrk.lists("math.random(0,999)", "\"\"")),
                new Kind(BARE, Wrk.lists("math.random(0,999)", "\"\"")),
                new Kind("list made, any item", Wrk.lists(anyone, "\"?" + count)),
                new Kind(
                        "list made, one category of fifty",
                        Wrk.lists(anyone, "\"?category=category-\" .. math.random(0,49) .. \"&" + count)),
                // Popularity is 0 to 999: a filter that leaves half of the catalogue.
                new Kind(
                        MADE,
                        Wrk.lists(
                                anyone,
                                "\"?filter=popularity_score%3C\" .. math.random(400,600) .. \"&diversity=0.3&exclude=item-\""
                                        + " .. math.random(0,999) .. \"&" + count)),
                new Kind("one action", Wrk.likes(1, users, items)),
                new Kind("array of 1,000 actions", Wrk.likes(1000, users, items)));
    }

    /**
     * @param part of the names of the kinds that are measured, beside the bare route
     * @param rounds of each kind; the first half is for the compiler
     */
    List<ObjectNode> measure(String part, int rounds) throws IOException, InterruptedException {
        List<Kind> chosen = kinds.stream()
                .filter(each -> each.name().contains(part) || each.name().equals(BARE))
                .toList();
        List<ObjectNode> rows = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (Kind each : chosen) {
                ObjectNode row = measure(each);
                row.put("round", round);
                if (2 * round >= rounds) {
                    rows.add(row);
                    measured.computeIfAbsent(each.name(), name -> new ArrayList<>())
                            .add(row);
                }
            }
        }
        rows.addAll(targets());
        return rows;
    }

    private ObjectNode measure(Kind kind) throws IOException, InterruptedException {
        settle();
        double before = server.cpuMicros();
        String url = kind.name().equals(BARE) ? server.bare() : server.url();
        Wrk.Answered answered = Wrk.run(server.session(), url, kind.script(), connections, seconds);
        double micros = server.cpuMicros() - before;
        ObjectNode row = Site.JSON
                .createObjectNode()
                .put("name", kind.name())
                .put("connections", connections)
                .put("requests_per_second", answered.perSecond())
                .put("errors", answered.errors())
                .put("process_cpu_us_per_request", micros / answered.count())
                .put("p50_ms", answered.p50Millis())
                .put("p99_ms", answered.p99Millis());
        server.session().say("%s", row);
        return row;
    }

    /** Until what the kind before has left on the log is read. */
    private void settle() throws IOException, InterruptedException {
        for (int i = 0; i < SETTLING_SECONDS; i++) {
            double before = server.cpuMicros();
            Thread.sleep(1000);
            if (server.cpuMicros() - before < IDLE * 1e6) {
                return;
            }
        }
        server.session().say("the server did not come to rest within %d s", SETTLING_SECONDS);
    }

    private List<ObjectNode> targets() {
        List<ObjectNode> targets = new ArrayList<>();
        if (measured.containsKey(KEPT)) {
            targets.add(Target.atMost("list kept, CPU us", median(KEPT, "process_cpu_us_per_request"), KEPT_MICROS));
            targets.add(Target.atLeast("list kept, rate to the bare route's", ratio(), OF_BARE));
            targets.add(Target.atMost("list kept, p99 ms", median(KEPT, "p99_ms"), P99_MILLIS));
        }
        if (measured.containsKey(MADE)) {
            targets.add(Target.atMost("list made, CPU us", median(MADE, "process_cpu_us_per_request"), MADE_MICROS));
            targets.add(Target.atMost("list made, p99 ms", median(MADE, "p99_ms"), P99_MILLIS));
        }
        return targets;
    }

    private double median(String kind, String field) {
        return median(measured.getOrDefault(kind, List.of()).stream()
                .mapToDouble(row -> row.get(field).doubleValue())
                .toArray());
    }

    /** The median of the rounds, in each of which both were measured one after the other. */
    private double ratio() {
        List<ObjectNode> kept = measured.getOrDefault(KEPT, List.of());
        List<ObjectNode> bare = measured.getOrDefault(BARE, List.of());
        double[] ratios = new double[kept.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = kept.get(i).get("requests_per_second").doubleValue()
                    / bare.get(i).get("requests_per_second").doubleValue();
        }
        return median(ratios);
    }

    private static double median(double[] figures) {
        Arrays.sort(figures);
        return figures.length == 0 ? Double.NaN : figures[figures.length / 2];
    }
}
