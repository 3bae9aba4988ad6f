package dev.milvuso.benchmarks.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.cluster.Cluster;
import dev.milvuso.benchmarks.process.Paced;
import dev.milvuso.standalone.bench.Session;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Reads and writes at a steady rate while one fault after the other begins and ends. Users are known ones of whom the
 * server's memory holds a few, and one in ten whom nobody knows.
 */
final class Degradation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long QUIET_NANOS = 2_000_000_000L;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long LONGEST_RECOVERY_NANOS = 30_000_000_000L;
    private static final double RECOVERY_S = 10;

    private final Session session;
    private final Cluster cluster;
    private final String url;
    private final int users;
    private final int items;
    private final SplittableRandom random = new SplittableRandom(3);

    /**
     * @param users who are known as {@code user-0}, {@code user-1}, …
     * @param items called {@code item-0}, {@code item-1}, …
     */
    Degradation(Session session, Cluster cluster, String url, int users, int items) {
        this.session = session;
        this.cluster = cluster;
        this.url = url;
        this.users = users;
        this.items = items;
    }

    List<ObjectNode> measure(List<Fault> faults, int readsPerSecond, int writesPerSecond, int seconds)
            throws Exception {
        List<ObjectNode> rows = new ArrayList<>();
        try (Paced reads = new Paced(readsPerSecond, this::read);
                Paced writes = new Paced(writesPerSecond, write())) {
            reads.start();
            writes.start();
            for (Fault each : faults) {
                requireWell(each, reads, writes);
                rows.add(measured(each, reads, writes, seconds));
                session.say("%s", rows.get(rows.size() - 1));
            }
        }
        return rows;
    }

    private HttpRequest read() {
        boolean isKnown = random.nextInt(10) > 0;
        String user = isKnown ? "user-" + random.nextInt(users) : "new-" + UUID.randomUUID();
        return HttpRequest.newBuilder(URI.create(url + "/recommendations/" + user))
                .timeout(TIMEOUT)
                .build();
    }

    private Supplier<HttpRequest> write() {
        SplittableRandom own = random.split();
        return () -> {
            ObjectNode like = JSON.createObjectNode()
                    .put("user_id", "user-" + own.nextInt(users))
                    .put("item_id", "item-" + own.nextInt(items))
                    .put("action_type", "View");
            return HttpRequest.newBuilder(URI.create(url + "/actions"))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(like.toString()))
                    .build();
        };
    }

    private static void requireWell(Fault fault, Paced reads, Paced writes) throws InterruptedException {
        long begin = System.nanoTime();
        if (awaitWell(fault, reads, writes, begin, PATIENCE_NANOS) < 0) {
            throw new IllegalStateException("the system was not well within a minute before the fault "
                    + fault.name() + ", lists lacked: "
                    + observed(reads, writes, System.nanoTime() - QUIET_NANOS).lacked());
        }
    }

    private static Observed observed(Paced reads, Paced writes, long since) {
        return new Observed(reads.due(since, Long.MAX_VALUE), writes.due(since, Long.MAX_VALUE));
    }

    /** @return nanoseconds from {@code begin} to the last answer that was not as it should be; -1 if there is no end */
    private static long awaitWell(Fault fault, Paced reads, Paced writes, long begin, long patience)
            throws InterruptedException {
        while (System.nanoTime() - begin < patience) {
            long last = Math.max(begin, observed(reads, writes, begin).lastTrouble(fault.services()));
            if (System.nanoTime() - last > QUIET_NANOS) {
                return last - begin;
            }
            Thread.sleep(50);
        }
        return -1;
    }

    private ObjectNode measured(Fault fault, Paced reads, Paced writes, int seconds) throws Exception {
        long begin = System.nanoTime();
        fault.begin(cluster);
        Thread.sleep(seconds * 1000L);
        fault.end(cluster);
        long over = System.nanoTime();
        long recovered = awaitWell(fault, reads, writes, over, LONGEST_RECOVERY_NANOS);
        Observed during = new Observed(reads.due(begin, over), writes.due(begin, over));
        return row(fault, during, recovered < 0 ? Double.POSITIVE_INFINITY : recovered / 1e9);
    }

    private static ObjectNode row(Fault fault, Observed during, double recovery) {
        boolean saysSo =
                fault.services().stream().allMatch(service -> service.equals("kafka") || during.anyLacks(service));
        boolean met = during.readP99() <= Observed.READ_MS
                && during.readsWithoutList() == 0
                && saysSo
                && during.writesNeitherTakenNorRefused() == 0
                && during.worstWrite() <= Observed.WRITE_MS
                && recovery <= RECOVERY_S;
        return JSON.createObjectNode()
                .put("name", fault.name())
                .put("reads_p99_ms", during.readP99())
                .put("reads_not_200", during.readsWithoutList())
                .put("reads_lacked", during.lacked())
                .put("writes", during.statuses())
                .put("writes_worst_ms", during.worstWrite())
                .put("recovery_s", recovery)
                .put("target", "300 ms, all 200, 2000 ms, 10 s")
                .put("met", met);
    }
}
