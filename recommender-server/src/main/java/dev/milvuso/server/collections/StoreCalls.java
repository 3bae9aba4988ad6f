package dev.milvuso.server.collections;

import dev.milvuso.component.Unavailable;
import dev.milvuso.server.action.Overloaded;
import dev.milvuso.vector.VectorStore;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The few threads that wait for the store on behalf of requests, so that a store that hangs holds up nothing else. Who
 * comes when all are taken and the queue is full is sent away.
 */
public final class StoreCalls implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int QUEUE = 64;

    /** Exports and imports, each of which holds a thread as long as its client takes, copies and migrations at once. */
    private static final int STREAMS = 4;

    private final VectorStore store;
    private final Duration deadline;
    private final ThreadPoolExecutor threads;
    private final ThreadPoolExecutor streams;

    /**
     * @param store stays the caller's
     * @param deadline after which a request is answered that it took too long
     */
    public StoreCalls(VectorStore store, Duration deadline) {
        this.store = store;
        this.deadline = deadline;
        this.threads = pool(THREADS, new LinkedBlockingQueue<>(QUEUE), "collections");
        this.streams = pool(STREAMS, new SynchronousQueue<>(), "collections-stream");
    }

    private static ThreadPoolExecutor pool(int size, BlockingQueue<Runnable> queue, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(size, size, 10, TimeUnit.SECONDS, queue, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Begins what takes as long as its client or its rows do, on one of a few threads of its own and without a
     * deadline.
     *
     * @return fails with what the operation throws, or {@link Overloaded}
     */
    public <T> CompletableFuture<T> beginStream(Scope scope, Function<VectorStore, T> operation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            streams.execute(() -> complete(result, () -> scope.in(store, operation)));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new Overloaded(
                    "there are " + STREAMS + " exports, imports, copies and migrations already: try again later"));
        }
        return result;
    }

    /**
     * As {@link #beginStream}, of what goes on behind its answer.
     *
     * @param accepting looks whether it can be done and says what is to be done
     * @param work keeps where somebody looks how it ended
     * @return what is to be done; fails with what accepting throws, {@link Overloaded}, or {@link Unavailable} after
     *     the deadline, when it may yet be done
     */
    public <S> CompletableFuture<S> beginBehind(
            Scope scope, Function<VectorStore, S> accepting, BiConsumer<VectorStore, S> work) {
        CompletableFuture<S> accepted = new CompletableFuture<>();
        CompletableFuture<Boolean> unused = beginStream(scope, used -> {
                    S step = accepting.apply(used);
                    accepted.complete(step);
                    work.accept(used, step);
                    return true;
                })
                .exceptionally(failure -> {
                    // Changes nothing for what has been accepted.
                    accepted.completeExceptionally(failure);
                    return false;
                });
        return inTime(accepted);
    }

    /**
     * Begins an operation.
     *
     * @return fails with what the operation throws, {@link Overloaded}, or {@link Unavailable} after the deadline; a
     *     write may then yet be done
     */
    public CompletableFuture<Reply> begin(Operation operation, Scope scope, Request request) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        try {
            threads.execute(() -> run(operation, scope, request, reply));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new Overloaded("too many requests wait for the vector store: try again in a moment"));
        }
        return inTime(reply);
    }

    private <T> CompletableFuture<T> inTime(CompletableFuture<T> result) {
        return result.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof TimeoutException
                                ? new Unavailable(
                                        "milvus",
                                        "a request to the vector store took longer than " + deadline.toMillis() + " ms",
                                        failure)
                                : failure));
    }

    private void run(Operation operation, Scope scope, Request request, CompletableFuture<Reply> reply) {
        if (!reply.isDone()) { // somebody waits still
            complete(reply, () -> scope.in(store, used -> operation.run(used, request)));
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> operation) {
        try {
            result.complete(operation.get());
        } catch (RuntimeException | Error e) {
            // An error too: whoever waits must hear of it.
            result.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        streams.shutdown();
    }
}
