package dev.milvuso.server.recommend;

import dev.milvuso.component.Unavailable;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for slow parts until a request's time is over, and no longer. One for each request. */
final class Deadline {
    private final ExecutorService slow;
    private final long end;

    Deadline(ExecutorService slow, Duration time) {
        this.slow = slow;
        this.end = System.nanoTime() + time.toNanos();
    }

    /** @throws Unavailable if the part failed, or time or room has run out */
    <T> T await(String dependency, Supplier<T> part) {
        Future<T> running = submit(dependency, part);
        try {
            return running.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Unavailable away
                    ? away
                    : new Unavailable(dependency, dependency + " failed", e.getCause());
        } catch (TimeoutException e) {
            running.cancel(true);
            throw new Unavailable(dependency, dependency + " was too slow", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(dependency, "interrupted", e);
        }
    }

    private <T> Future<T> submit(String dependency, Supplier<T> part) {
        try {
            return slow.submit(part::get);
        } catch (RejectedExecutionException e) {
            throw new Unavailable(dependency, "too many requests wait for " + dependency, e);
        }
    }
}
