package dev.milvuso.trainer.als;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that share out the parts of a job. Which thread takes which part is left to chance, so what a part does may
 * depend on its number alone.
 */
final class Workers implements AutoCloseable {
    private final int threads;
    private final ExecutorService pool;

    /** @param threads 0 takes one for each core */
    Workers(int threads) {
        this.threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        this.pool = Executors.newFixedThreadPool(this.threads);
    }

    /** A part of a job. */
    interface Part {
        /** @param worker who does it, from 0 to before {@link #count}: one part at a time */
        void run(int part, int worker);
    }

    int count() {
        return threads;
    }

    /**
     * Runs parts 0 to before {@code parts} and returns when all are done.
     *
     * @throws IllegalStateException if interrupted, or with the reason if a part failed
     */
    void run(int parts, Part part) {
        AtomicInteger next = new AtomicInteger();
        List<Callable<Boolean>> shares = new ArrayList<>();
        for (int t = 0; t < Math.min(threads, parts); t++) {
            int worker = t;
            shares.add(() -> {
                for (int p = next.getAndIncrement(); p < parts && !Thread.interrupted(); p = next.getAndIncrement()) {
                    part.run(p, worker);
                }
                return true;
            });
        }
        try {
            for (Future<Boolean> share : pool.invokeAll(shares)) {
                share.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("training failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
