package dev.milvuso.server.catalogue;

import dev.milvuso.component.DaemonThreads;
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

/**
 * Asks a store on threads that may wait for it. There are few of them; who comes when all are taken and the queue is
 * full is sent away. Every result may be an {@link Unavailable}, after which it is not known whether a change was made.
 */
public final class RecordCalls implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int QUEUE = 64;

    private final String dependency;
    private final Duration patience;
    private final ExecutorService threads;

    /**
     * @param dependency that is waited for
     * @param name of the threads
     * @param patience how long a call may take
     */
    public RecordCalls(String dependency, String name, Duration patience) {
        this.dependency = dependency;
        this.patience = patience;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), new DaemonThreads(name));
    }

    public <T> CompletableFuture<T> call(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads)
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(translated(failure)));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new Unavailable(dependency, "too many calls wait", e));
        }
    }

    private Throwable translated(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause == null || cause instanceof TimeoutException
                ? new Unavailable(dependency, "the call took too long", cause)
                : cause;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
