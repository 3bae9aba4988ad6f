package dev.milvuso.server;

import dev.milvuso.component.DaemonThreads;
import dev.milvuso.server.recommend.Later;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread for what may as well be left out: beyond some tasks that wait, further ones are. */
final class Spare implements Later, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spare.class);

    private final Set<Object> waiting = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor thread;

    /** @param most tasks that may wait */
    Spare(String name, int most) {
        this.thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(most), new DaemonThreads(name), (task, full) -> {
                    if (task instanceof Task refused) {
                        waiting.remove(refused.what());
                    }
                });
    }

    private record Task(Object what, Runnable work, Set<Object> waiting) implements Runnable {
        @Override
        public void run() {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.debug("{} was not done", what, e);
            } finally {
                waiting.remove(what);
            }
        }
    }

    @Override
    public void later(Object what, Runnable task) {
        if (waiting.add(what)) {
            thread.execute(new Task(what, task, waiting));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
