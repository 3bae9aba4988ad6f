package dev.milvuso.benchmarks.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Known users of a {@link World} who like things at a steady rate, whatever the answers take, until this is closed. */
final class BackgroundLoad implements AutoCloseable {
    private final Site site;
    private final World world;
    private final int rate;
    private final Thread thread = new Thread(this::run, "background");
    private volatile boolean stopped;

    /** @param rate actions a second */
    BackgroundLoad(Site site, World world, int rate) {
        this.site = site;
        this.world = world;
        this.rate = rate;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        SplittableRandom random = new SplittableRandom(1);
        long start = System.nanoTime();
        long sent = 0;
        while (!stopped) {
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

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
