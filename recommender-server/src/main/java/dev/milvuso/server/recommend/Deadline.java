package dev.milvuso.server.recommend;

import dev.milvuso.component.Unavailable;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits for slow parts until a request's time is over, and no longer. One for each request. A part gets what its
 * bulkhead grants it, and at most two thirds of what is left, so that one that hangs leaves some time to the others.
 */
public final class Deadline {
    private final long end;

    Deadline(Duration time) {
        this.end = System.nanoTime() + time.toNanos();
    }

    /** Something that was asked and may have been answered meanwhile. */
    public interface Asked<T> {
        /** @throws Unavailable if the part failed, or time has run out */
        T await();
    }

    /** Nanoseconds; not above 0 if there is no time left. */
    long left() {
        return end - System.nanoTime();
    }

    /**
     * @param question see {@link Bulkhead#begin}
     * @throws Unavailable if time or room has run out, or the dependency has not answered lately
     */
    <T> Asked<T> ask(Bulkhead bulkhead, Object question, Supplier<T> part) {
        bulkhead.enter();
        if (left() <= 0) {
            throw new Unavailable(bulkhead.dependency(), "no time was left to ask " + bulkhead.dependency(), null);
        }
        try {
            Future<T> running = bulkhead.begin(question, part);
            return () -> await(bulkhead, running);
        } catch (RejectedExecutionException e) {
            throw new Unavailable(bulkhead.dependency(), "too many requests wait for " + bulkhead.dependency(), e);
        }
    }

    /**
     * How long a part is waited for from now on, in nanoseconds; at least 0.
     *
     * @param patience of its bulkhead
     */
    long granted(Duration patience) {
        return Math.max(0, Math.min(left() * 2 / 3, patience.toNanos()));
    }

    private <T> T await(Bulkhead bulkhead, Future<T> running) {
        String dependency = bulkhead.dependency();
        try {
            return running.get(granted(bulkhead.patience()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Unavailable away
                    ? away
                    : new Unavailable(dependency, dependency + " failed", e.getCause());
        } catch (CancellationException e) {
            throw new Unavailable(dependency, dependency + " was given up by another who asked", e);
        } catch (TimeoutException e) {
            running.cancel(true);
            bulkhead.breaker().failed();
            throw new Unavailable(dependency, dependency + " was too slow", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(dependency, "interrupted", e);
        }
    }
}
