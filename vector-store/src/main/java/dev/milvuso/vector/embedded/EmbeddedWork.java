package dev.milvuso.vector.embedded;

import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The threads in which the indexes of a store are made and kept in shape.
 *
 * @param exactBelow rows with fewer of which a vector has no structure
 * @param made what is done once a structure has been made
 */
record EmbeddedWork(ThreadPoolExecutor threads, int exactBelow, AtomicReference<Runnable> made)
        implements AutoCloseable {
    /** Where a search by lists begins to be quicker than one by all rows. */
    static final int EXACT_BELOW = 16_384;

    private static final int THREADS = 2;

    /** Its threads end with their work, and do not keep the process alive. */
    static EmbeddedWork of(int exactBelow) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "vector-index");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        return new EmbeddedWork(threads, exactBelow, new AtomicReference<>(() -> {}));
    }

    IndexWork within(Consumer<Runnable> exclusively) {
        return new IndexWork(
                threads,
                exclusively,
                exactBelow,
                () -> Objects.requireNonNull(made.get(), "made").run());
    }

    /** What has not begun is not done any more. */
    @Override
    public void close() {
        threads.shutdown();
        threads.getQueue().clear();
    }
}
