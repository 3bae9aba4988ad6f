package dev.milvuso.server.recommend;

import dev.milvuso.server.tier.Breaker;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few threads that may wait for one dependency: if it hangs, they are stuck and nobody else.
 *
 * @param breaker told when somebody gave up waiting
 */
public record Bulkhead(String dependency, ExecutorService threads, Breaker breaker) implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** @param queue how many calls may wait for a thread */
    public static Bulkhead of(String dependency, int threads, int queue, Breaker breaker) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(queue), task -> {
                    Thread thread = new Thread(task, "waits-for-" + dependency);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return new Bulkhead(dependency, pool, breaker);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
