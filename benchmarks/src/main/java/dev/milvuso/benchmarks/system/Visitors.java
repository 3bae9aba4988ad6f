package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Users {@code user-0}, {@code user-1}, … who each look at an item and then at a list. */
final class Visitors {
    private static final int AT_ONCE = 8;
    private static final int ARRAY = 1000;
    private static final int ATTEMPTS = 30;

    private final Site site;
    private final int items;

    /** @param items called {@code item-0}, {@code item-1}, … */
    Visitors(String url, int items) {
        this.site = new Site(url);
        this.items = items;
    }

    /** Returns when all of them have. */
    void comeBy(int from, int to) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Integer>> parts = new ArrayList<>();
            for (int first = from; first < to; first += ARRAY) {
                int begin = first;
                int end = Math.min(to, first + ARRAY);
                parts.add(threads.submit(() -> visits(begin, end)));
            }
            for (Future<Integer> part : parts) {
                var unused = part.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private int visits(int from, int to) throws IOException, InterruptedException {
        List<ObjectNode> views = new ArrayList<>();
        for (int user = from; user < to; user++) {
            views.add(Site.action(UUID.randomUUID().toString(), "user-" + user, "item-" + user % items, "View"));
        }
        int status = site.postActions(views);
        for (int attempt = 0; status == 503 && attempt < ATTEMPTS; attempt++) {
            Thread.sleep(1000); // as Retry-After says
            status = site.postActions(views);
        }
        if (status != 202) {
            throw new IOException("POST /actions answered " + status);
        }
        for (int user = from; user < to; user++) {
            var unused = site.recommendations("user-" + user, 10);
        }
        return to - from;
    }
}
