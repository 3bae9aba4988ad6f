package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Replays a stream of actions through a running system, in its order, and asks before one in so many of them for the
 * list of who is about to act: does it hold the item? (Prequential: each action is a question first and a lesson then.)
 * Beside the personal lists the popular list is asked, without what the user has acted on.
 */
final class Prequential {
    private static final int LIST = 10;
    private static final int POPULAR_DEPTH = 1000;
    private static final int BATCH = 500;

    private final Site site;
    private final Interactions data;
    private final Map<String, Set<String>> seen = new HashMap<>();
    private final List<ObjectNode> waiting = new ArrayList<>();
    private final ListMeasures personal;
    private final ListMeasures popular;
    private long posted;
    private long started;

    Prequential(Site site, Interactions data) {
        this.site = site;
        this.data = data;
        this.personal = new ListMeasures(data.tags());
        this.popular = new ListMeasures(data.tags());
    }

    /**
     * @param every one in so many actions is asked for
     * @param rate actions a second at most
     */
    void run(int every, int rate) throws IOException {
        for (var items : data.items()) {
            int status = site.postItems(items);
            if (status / 100 != 2) {
                throw new IOException("POST /items answered " + status);
            }
        }
        SplittableRandom random = new SplittableRandom(7);
        started = System.nanoTime();
        for (Interactions.Interaction one : data.interactions()) {
            if (random.nextInt(every) == 0) {
                post(rate);
                ask(one);
            }
            learn(one);
            if (waiting.size() == BATCH) {
                post(rate);
            }
        }
        post(rate);
    }

    ListMeasures personal() {
        return personal;
    }

    ListMeasures popular() {
        return popular;
    }

    private void ask(Interactions.Interaction one) throws IOException {
        Set<String> known = seen.getOrDefault(one.user(), Set.of());
        personal.add(site.recommendations(one.user(), LIST), one.item());
        popular.add(
                site.popular(POPULAR_DEPTH).stream()
                        .filter(item -> !known.contains(item))
                        .limit(LIST)
                        .toList(),
                one.item());
    }

    private void learn(Interactions.Interaction one) {
        waiting.add(Site.action(UUID.randomUUID().toString(), one.user(), one.item(), "Click"));
        seen.computeIfAbsent(one.user(), user -> new HashSet<>()).add(one.item());
        personal.actedOn(one.item());
        popular.actedOn(one.item());
    }

    private void post(int rate) throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        int status = site.postActions(waiting);
        while (status == 429) {
            LockSupport.parkNanos(100_000_000);
            status = site.postActions(waiting);
        }
        if (status != 202) {
            throw new IOException("POST /actions answered " + status);
        }
        posted += waiting.size();
        waiting.clear();
        long early = started + posted * 1_000_000_000L / rate - System.nanoTime();
        if (early > 0) {
            LockSupport.parkNanos(early);
        }
    }
}
