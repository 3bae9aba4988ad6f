package dev.milvuso.server.recommend;

import dev.milvuso.component.Unavailable;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits for slow parts until a request's time is over, and no longer. One for each request. A part gets two thirds of
 * what is left, so that one that hangs leaves some time to the others.
 */
final class Deadline {
    private final long end;

    Deadline(Duration time) {
        this.end = System.nanoTime() + time.toNanos();
    }

    /** @throws Unavailable if the part failed, or time or room has run out */
    <T> T await(Bulkhead bulkhead, Supplier<T> part) {
        String dependency = bulkhead.dependency();
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new Unavailable(dependency, "no time was left to ask " + dependency, null);
        }
        Future<T> running = submit(bulkhead, part);
        try {
            return running.get(left * 2 / 3, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Unavailable away
                    ? away
                    : new Unavailable(dependency, dependency + " failed", e.getCause());
        } catch (TimeoutException e) {
            running.cancel(true);
            bulkhead.breaker().failed();
            throw new Unavailable(dependency, dependency + " was too slow", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(dependency, "interrupted", e);
        }
    }

    private static <T> Future<T> submit(Bulkhead bulkhead, Supplier<T> part) {
        try {
            return bulkhead.threads().submit(part::get);
        } catch (RejectedExecutionException e) {
            throw new Unavailable(bulkhead.dependency(), "too many requests wait for " + bulkhead.dependency(), e);
        }
    }
}
