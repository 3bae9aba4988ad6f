package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Target;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.util.List;

/** Bytes that a {@link ServerAlone} keeps for an item and for a user, and whether it keeps to its budget of users. */
public final class MemoryBenchmark implements Benchmark {
    private static final int FEW = 1000;
    private static final int TIMES = 10;
    private static final int HEAP_MEBIBYTES = 3072;
    private static final double MOST_GROWTH = 1.1;

    /** Lists whose outcome is awaited have a budget of their own, in lists. */
    private static final String FEWEST_OPEN_LISTS = "quality.open_lists=1000";

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "Bytes for an item and for a user in the server, and whether ten times as many users as fit change it;"
                + " needs a JDK's jcmd.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number("items", 100_000, "in the catalogue", 2 * FEW, 10_000_000),
                Parameter.number("users", 100_000, "who come by; a tenth of them fit", 2 * FEW, 10_000_000),
                Parameter.number("dimension", 64, "of their vectors", 2, 4096));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        int items = session.number("items");
        int users = session.number("users");
        long few = live(session, FEW, FEW);
        long manyItems = live(session, items, FEW);
        long manyUsers = live(session, FEW, users);
        ObjectNode budget = budget(session, users);
        double growth = budget.get("live_bytes_after_all").doubleValue()
                / budget.get("live_bytes_when_full").doubleValue();
        return List.of(
                row("item", (manyItems - few) / (double) (items - FEW)),
                row("user with a list", (manyUsers - few) / (double) (users - FEW)),
                budget,
                Target.atMost("live bytes after all to those when full", growth, MOST_GROWTH));
    }

    private static ObjectNode row(String what, double bytes) {
        return Site.JSON.createObjectNode().put("name", "bytes per " + what).put("bytes", bytes);
    }

    private static Alone started(Session session, int items, int users, int fit) throws Exception {
        return Alone.start(
                session,
                items,
                users,
                session.number("dimension"),
                HEAP_MEBIBYTES,
                "recommendation.cached_users=" + fit,
                FEWEST_OPEN_LISTS);
    }

    /** With users who have all come by and all fit. */
    private static long live(Session session, int items, int users) throws Exception {
        try (Alone server = started(session, items, users, users)) {
            new Visitors(server.url(), FEW).comeBy(0, users);
            long bytes = LiveHeap.bytes(server.pid());
            session.say("%d items, %d users: %d live bytes", items, users, bytes);
            return bytes;
        }
    }

    private static ObjectNode budget(Session session, int users) throws Exception {
        int fit = users / TIMES;
        try (Alone server = started(session, FEW, users, fit)) {
            Visitors visitors = new Visitors(server.url(), FEW);
            visitors.comeBy(0, 2 * fit);
            long full = LiveHeap.bytes(server.pid());
            visitors.comeBy(2 * fit, users);
            return Site.JSON
                    .createObjectNode()
                    .put("name", "budget")
                    .put("users_that_fit", fit)
                    .put("users_that_came_by", users)
                    .put("live_bytes_when_full", full)
                    .put("live_bytes_after_all", LiveHeap.bytes(server.pid()));
        }
    }

    @Override
    public boolean passes(List<ObjectNode> rows) {
        return Target.allMet(rows);
    }
}
