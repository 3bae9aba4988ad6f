package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Quantiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * How long until an item that was posted a moment ago is in the lists of ten users whose taste it matches and who do
 * nothing meanwhile: from the last 202 of five likes of it by others. Before that each of the ten has a finished list.
 */
final class NewItem {
    private static final int LIST = 10;
    private static final int WATCHERS = 10;
    private static final int LIKERS = 5;
    private static final int LIKES = 8;
    private static final long GIVE_UP_NANOS = 10_000_000_000L;
    private static final long SETTLING_MILLIS = 3000;

    private final Site site;
    private final World world = new World(20, 50, 2000);

    NewItem(Site site) {
        this.site = site;
    }

    /** A kind of its own, so that the new items do not compete. */
    private record Trial(int number, int kind, List<String> watchers, List<String> likers) {}

    ObjectNode run(int rate, int trials) throws IOException, InterruptedException {
        double[] milliseconds = new double[trials * WATCHERS];
        try (BackgroundLoad load = new BackgroundLoad(site, world, rate)) {
            load.start();
            List<Trial> all = new ArrayList<>();
            for (int trial = 0; trial < trials; trial++) {
                int kind = trial % world.kinds();
                all.add(new Trial(
                        trial, kind, users("watcher", trial, kind, WATCHERS), users("liker", trial, kind, LIKERS)));
            }
            Thread.sleep(SETTLING_MILLIS);
            for (Trial each : all) {
                System.arraycopy(measured(each), 0, milliseconds, each.number() * WATCHERS, WATCHERS);
            }
        }
        Arrays.sort(milliseconds);
        long inTime = Arrays.stream(milliseconds).filter(ms -> ms <= 2000).count();
        return Site.JSON
                .createObjectNode()
                .put("name", "new_item")
                .put("items", trials)
                .put("lists", milliseconds.length)
                .put("background_actions_per_second", rate)
                .put("within_2_s", inTime / (double) milliseconds.length)
                .put("p50_ms", Quantiles.of(milliseconds, 0.50))
                .put("p90_ms", Quantiles.of(milliseconds, 0.90))
                .put("p99_ms", Quantiles.of(milliseconds, 0.99))
                .put("max_ms", milliseconds[milliseconds.length - 1]);
    }

    /** @return milliseconds of each watcher */
    private double[] measured(Trial trial) throws IOException {
        for (String watcher : trial.watchers()) {
            site.recommendations(watcher, LIST);
        }
        String item = world.item(trial.kind(), 1000 + trial.number());
        ArrayNode posted = Site.JSON.createArrayNode();
        posted.addObject().put("item_id", item).put("category", "kind-" + trial.kind());
        int status = site.postItems(posted);
        if (status / 100 != 2) {
            throw new IOException("POST /items answered " + status);
        }
        for (String liker : trial.likers()) {
            site.act(liker, item, "Like");
        }
        return awaited(item, trial.watchers());
    }

    /** Users who have liked items of the kind. */
    private List<String> users(String name, int trial, int kind, int count) throws IOException {
        List<String> users = new ArrayList<>();
        List<ObjectNode> likes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String user = name + "-" + trial + "-" + i;
            for (int like = 0; like < LIKES; like++) {
                String item = world.item(kind, (i + like * 6) % world.itemsOfAKind());
                likes.add(Site.action(UUID.randomUUID().toString(), user, item, "Like"));
            }
            users.add(user);
        }
        int status = site.postActions(likes);
        if (status != 202) {
            throw new IOException("POST /actions answered " + status);
        }
        return users;
    }

    private double[] awaited(String item, List<String> watchers) throws IOException {
        double[] milliseconds = new double[watchers.size()];
        Arrays.fill(milliseconds, GIVE_UP_NANOS / 1e6);
        long start = System.nanoTime();
        int found = 0;
        while (found < watchers.size() && System.nanoTime() - start < GIVE_UP_NANOS) {
            for (int i = 0; i < milliseconds.length; i++) {
                if (milliseconds[i] == GIVE_UP_NANOS / 1e6
                        && site.recommendations(watchers.get(i), LIST).contains(item)) {
                    milliseconds[i] = (System.nanoTime() - start) / 1e6;
                    found++;
                }
            }
            LockSupport.parkNanos(10_000_000);
        }
        return milliseconds;
    }
}
