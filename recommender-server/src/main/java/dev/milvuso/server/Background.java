package dev.milvuso.server;

import dev.milvuso.component.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What is done again and again. Each task may hang without holding up the others. */
final class Background implements AutoCloseable {
    /** At least as many as there are tasks; threads are made as they are needed. */
    private static final int THREADS = 32;

    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(THREADS, new DaemonThreads("server-background"));

    /** @param task throws nothing; one that does is not done again */
    void every(Duration pause, Runnable task) {
        var unused = threads.scheduleWithFixedDelay(task, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
