package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Quantiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
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

    Freshness(Site site) {
        this.site = site;
    }

    ObjectNode run(int rate, int warmupSeconds, int trials) throws IOException, InterruptedException {
        site.postItems(world);
        double[] milliseconds = new double[trials];
        try (BackgroundLoad load = new BackgroundLoad(site, world, rate)) {
            load.start();
            Thread.sleep(warmupSeconds * 1000L);
            for (int i = 0; i < trials; i++) {
                milliseconds[i] = trial(i) / 1e6;
            }
        }
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
                .put("p50_ms", Quantiles.of(milliseconds, 0.50))
                .put("p95_ms", Quantiles.of(milliseconds, 0.95))
                .put("p99_ms", Quantiles.of(milliseconds, 0.99))
                .put("max_ms", milliseconds[milliseconds.length - 1])
                .put("never_within_10_s", never);
    }

    /** @return nanoseconds */
    private long trial(int number) throws IOException {
        String user = "new-" + UUID.randomUUID();
        int kind = number % world.kinds();
        List<String> fallback = site.recommendations(user, LIST);
        for (int like = 0; like < 3; like++) {
            site.act(user, world.item(kind, like * 5), "Like");
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
