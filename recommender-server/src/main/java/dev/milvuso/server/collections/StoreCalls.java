package dev.milvuso.server.collections;

import dev.milvuso.component.Unavailable;
import dev.milvuso.server.action.Overloaded;
import dev.milvuso.vector.VectorStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The few threads that wait for the store on behalf of requests, so that a store that hangs holds up nothing else. Who
 * comes when all are taken and the queue is full is sent away.
 */
public final class StoreCalls implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int QUEUE = 64;

    private final VectorStore store;
    private final Duration deadline;
    private final ThreadPoolExecutor threads;

    /**
     * @param store stays the caller's
     * @param deadline after which a request is answered that it took too long
     */
    public StoreCalls(VectorStore store, Duration deadline) {
        this.store = store;
        this.deadline = deadline;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "collections");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins an operation.
     *
     * @param database of the store; none means the one it is connected to
     * @return fails with what the operation throws, {@link Overloaded}, or {@link Unavailable} after the deadline; a
     *     write may then yet be done
     */
    public CompletableFuture<Reply> begin(Operation operation, Optional<String> database, Request request) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        try {
            threads.execute(() -> run(operation, database, request, reply));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new Overloaded("too many requests wait for the vector store: try again in a moment"));
        }
        return reply.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof TimeoutException
                                ? new Unavailable(
                                        "milvus",
                                        "a request to the vector store took longer than " + deadline.toMillis() + " ms",
                                        failure)
                                : failure));
    }

    private void run(Operation operation, Optional<String> database, Request request, CompletableFuture<Reply> reply) {
        if (reply.isDone()) {
            return; // nobody waits any more
        }
        try {
            reply.complete(database.isEmpty() ? operation.run(store, request) : in(database.get(), operation, request));
        } catch (RuntimeException | Error e) {
            // An error too: whoever waits must hear of it.
            reply.completeExceptionally(e);
        }
    }

    private Reply in(String database, Operation operation, Request request) {
        try (VectorStore other = store.database(database)) {
            return operation.run(other, request);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
