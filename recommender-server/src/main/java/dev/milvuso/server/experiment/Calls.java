package dev.milvuso.server.experiment;

import dev.milvuso.component.Unavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The few threads that wait for PostgreSQL when somebody asks about experiments; no others do. */
public final class Calls implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int QUEUE = 32;

    private final Duration patience;
    private final ExecutorService threads =
            new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), task -> {
                Thread thread = new Thread(task, "experiment-calls");
                thread.setDaemon(true);
                return thread;
            });

    /** @param patience how long an answer may take */
    public Calls(Duration patience) {
        this.patience = patience;
    }

    /** @return failed with {@link Unavailable} if there is no answer in time, or too much waits already */
    public <T> CompletableFuture<T> later(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads)
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(translated(failure)));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new Unavailable("postgres", "too many questions wait", e));
        }
    }

    private static Throwable translated(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause == null || cause instanceof TimeoutException
                ? new Unavailable("postgres", "the answer took too long", cause)
                : cause;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
