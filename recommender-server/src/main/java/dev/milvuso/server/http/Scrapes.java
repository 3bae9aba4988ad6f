package dev.milvuso.server.http;

import dev.milvuso.component.DaemonThreads;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the metrics out on one thread, once for all who asked before it began: a flood of them costs no more. */
final class Scrapes {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Supplier<String> scrape;
    private final ExecutorService thread;
    private @Nullable CompletableFuture<String> next;

    Scrapes(Supplier<String> scrape) {
        this.scrape = scrape;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                new DaemonThreads("scrapes"));
        pool.allowCoreThreadTimeOut(true);
        this.thread = pool;
    }

    /** What the metrics are at some time after this call. */
    synchronized CompletableFuture<String> next() {
        CompletableFuture<String> asked = next;
        if (asked == null) {
            asked = new CompletableFuture<>();
            next = asked;
            thread.execute(this::run);
        }
        return asked;
    }

    private void run() {
        CompletableFuture<String> asked = begun();
        try {
            asked.complete(scrape.get());
        } catch (RuntimeException e) {
            asked.completeExceptionally(e);
        }
    }

    /** Whoever asks from now on gets the one after. */
    private synchronized CompletableFuture<String> begun() {
        CompletableFuture<String> asked = Objects.requireNonNull(next);
        next = null;
        return asked;
    }
}
