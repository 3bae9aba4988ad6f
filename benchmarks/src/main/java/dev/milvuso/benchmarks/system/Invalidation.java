package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Quantiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How long a second instance goes on serving a list that an action at the first has made out of date. Each trial is of
 * a known user whose list the second instance has just kept: they click the item at its top by way of the first, and
 * the second is asked again and again until its list no longer holds the item.
 */
final class Invalidation {
    private static final int LIST = 10;

    /** Beyond that it is not a matter of milliseconds any more. */
    private static final long MOST_NANOS = 30_000_000_000L;

    private final Site first;
    private final Site second;
    private final World world;
    private final SplittableRandom random = new SplittableRandom(3);

    Invalidation(Site first, Site second, World world) {
        this.first = first;
        this.second = second;
        this.world = world;
    }

    /** @return times count from the action's 202 to the request whose list was right, to a millisecond or two */
    ObjectNode run(int trials) throws IOException, InterruptedException {
        double[] milliseconds = new double[trials];
        int kept = 0;
        for (int i = 0; i < trials; i++) {
            String user = "user-" + random.nextInt(world.users());
            second.recommendations(user, LIST);
            List<String> list = second.recommendations(user, LIST);
            String top = list.get(0);
            first.act(user, top, "Click");
            long acknowledged = System.nanoTime();
            long asked = acknowledged;
            while (second.recommendations(user, LIST).contains(top)) {
                kept += asked == acknowledged ? 1 : 0;
                if (asked - acknowledged > MOST_NANOS) {
                    throw new IOException(
                            "a list is still served " + MOST_NANOS / 1_000_000_000 + " s after an action");
                }
                Thread.sleep(1);
                asked = System.nanoTime();
            }
            milliseconds[i] = (asked - acknowledged) / 1e6;
        }
        Arrays.sort(milliseconds);
        return Site.JSON
                .createObjectNode()
                .put("name", "a list that is out of date on a second instance")
                .put("trials", trials)
                .put("served_at_least_once_more", kept)
                .put("p50_ms", Quantiles.of(milliseconds, 0.5))
                .put("p99_ms", Quantiles.of(milliseconds, 0.99))
                .put("max_ms", milliseconds[trials - 1]);
    }
}
