package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * How long until three likes of a brand-new user show: from the last 202 to the first list that differs from the
 * fallback and holds mostly items of the liked kind, while others act in the background.
 */
final class Freshness {
    private static final int LIST = 10;
    private static final long GIVE_UP_NANOS = 10_000_000_000L;

    private final Site site;
    private final World world = new World(20, 50, 2000);
    private final AtomicBoolean stopped = new AtomicBoolean();

    Freshness(Site site) {
        this.site = site;
    }

    ObjectNode run(int rate, int warmupSeconds, int trials) throws IOException, InterruptedException {
        for (ArrayNode batch : world.items()) {
            int status = site.postItems(batch);
            if (status / 100 != 2) {
                throw new IOException("POST /items answered " + status);
            }
        }
        Thread background = new Thread(() -> load(rate), "background");
        background.setDaemon(true);
        background.start();
        Thread.sleep(warmupSeconds * 1000L);
        double[] milliseconds = new double[trials];
        for (int i = 0; i < trials; i++) {
            milliseconds[i] = trial(i) / 1e6;
        }
        stopped.set(true);
        background.join();
        return result(milliseconds, rate);
    }

    private static ObjectNode result(double[] milliseconds, int rate) {
        Arrays.sort(milliseconds);
        long never = Arrays.stream(milliseconds)
                .filter(ms -> ms >= GIVE_UP_NANOS / 1e6)
                .count();
        return Site.JSON
                .createObjectNode()
                .put("name", "freshness")
                .put("trials", milliseconds.length)
                .put("background_actions_per_second", rate)
                .put("p50_ms", quantile(milliseconds, 0.50))
                .put("p95_ms", quantile(milliseconds, 0.95))
                .put("p99_ms", quantile(milliseconds, 0.99))
                .put("max_ms", milliseconds[milliseconds.length - 1])
                .put("never_within_10_s", never);
    }

    private static double quantile(double[] sorted, double q) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(q * sorted.length) - 1)];
    }

    /** Posts one action at a time, each at its due moment, whatever the answers take. */
    private void load(int rate) {
        SplittableRandom random = new SplittableRandom(1);
        long start = System.nanoTime();
        long sent = 0;
        while (!stopped.get()) {
            long due = (System.nanoTime() - start) * rate / 1_000_000_000L;
            List<ObjectNode> batch = new ArrayList<>();
            for (; sent < due; sent++) {
                batch.add(world.like(UUID.randomUUID().toString(), random));
            }
            if (!batch.isEmpty()) {
                site.postActions(batch);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** @return nanoseconds */
    private long trial(int number) throws IOException {
        String user = "new-" + UUID.randomUUID();
        int kind = number % world.kinds();
        List<String> fallback = site.recommendations(user, LIST);
        for (int like = 0; like < 3; like++) {
            ObjectNode action = Site.action(UUID.randomUUID().toString(), user, world.item(kind, like * 5), "Like");
            int status = site.postActions(List.of(action));
            if (status != 202) {
                throw new IOException("POST /actions answered " + status);
            }
        }
        long accepted = System.nanoTime();
        while (System.nanoTime() - accepted < GIVE_UP_NANOS) {
            List<String> list = site.recommendations(user, LIST);
            long ofKind = list.stream().filter(id -> World.kindOf(id) == kind).count();
            if (!list.equals(fallback) && ofKind * 2 > list.size()) {
                return System.nanoTime() - accepted;
            }
            LockSupport.parkNanos(2_000_000);
        }
        return GIVE_UP_NANOS;
    }
}
