package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Quantiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What the very next list after an action's 202 says, while others act in the background. Each trial likes the item at
 * the top of a list of ten, then an item of the kind of which the list has fewest, and dislikes the item at the top.
 * Half of the users are known, half have never been seen.
 */
final class Reacting {
    private static final int LIST = 10;

    private final Site site;
    private final World world = new World(20, 50, 2000);
    private final SplittableRandom random = new SplittableRandom(2);
    private int held;
    private int risenOfKnown;
    private int risenOfNew;
    private int fallen;
    private double before;
    private double after;

    Reacting(Site site) {
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
        Arrays.sort(milliseconds);
        return Site.JSON
                .createObjectNode()
                .put("name", "reacting")
                .put("trials", trials)
                .put("background_actions_per_second", rate)
                .put("next_list_without_the_item", 1 - (double) held / trials)
                .put("liked_kind_rose", (double) (risenOfKnown + risenOfNew) / trials)
                .put("of_known_users", risenOfKnown / Math.ceil(trials / 2.0))
                .put("of_new_users", (double) risenOfNew / Math.max(1, trials / 2))
                .put("liked_kind_before", before / trials)
                .put("liked_kind_after", after / trials)
                .put("disliked_kind_fell_or_had_gone", (double) fallen / trials)
                .put("next_list_p50_ms", Quantiles.of(milliseconds, 0.50))
                .put("next_list_p99_ms", Quantiles.of(milliseconds, 0.99));
    }

    /** @return nanoseconds of the list after the like of a new kind */
    private long trial(int number) throws IOException {
        String user = number % 2 == 0 ? "user-" + random.nextInt(world.users()) : "new-" + UUID.randomUUID();
        String top = site.recommendations(user, LIST).get(0);
        site.act(user, top, "Click");
        List<String> list = site.recommendations(user, LIST);
        held += list.contains(top) ? 1 : 0;
        int kind = rarest(list);
        String item = world.item(kind, random.nextInt(world.itemsOfAKind()));
        site.act(user, item, "Like");
        long asked = System.nanoTime();
        List<String> next = site.recommendations(user, LIST);
        long nanoseconds = System.nanoTime() - asked;
        before += share(list, kind);
        after += share(next, kind);
        int risen = share(next, kind) > share(list, kind) ? 1 : 0;
        risenOfKnown += number % 2 == 0 ? risen : 0;
        risenOfNew += number % 2 == 0 ? 0 : risen;
        dislike(user, next);
        return nanoseconds;
    }

    private void dislike(String user, List<String> list) throws IOException {
        int kind = World.kindOf(list.get(0));
        site.act(user, list.get(0), "Dislike");
        double share = share(site.recommendations(user, LIST), kind);
        fallen += share < share(list, kind) || share == 0 ? 1 : 0;
    }

    /** Of several that are equally rare one by chance. */
    private int rarest(List<String> list) {
        int first = random.nextInt(world.kinds());
        int rarest = first;
        for (int i = 1; i < world.kinds(); i++) {
            int kind = (first + i) % world.kinds();
            rarest = share(list, kind) < share(list, rarest) ? kind : rarest;
        }
        return rarest;
    }

    private static double share(List<String> list, int kind) {
        return list.stream().filter(id -> World.kindOf(id) == kind).count() / (double) list.size();
    }
}
