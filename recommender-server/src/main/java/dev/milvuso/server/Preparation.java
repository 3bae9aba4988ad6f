package dev.milvuso.server;

import dev.milvuso.component.Unavailable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that must be done once before all else works, and is tried until it is: the schema, the topics. */
final class Preparation implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final String what;
    private final Runnable work;
    private final CountDownLatch done = new CountDownLatch(1);
    private boolean failed;

    /** @param work may be done twice; throws {@link Unavailable} while it is not possible */
    Preparation(String what, Runnable work) {
        this.what = what;
        this.work = work;
    }

    /** Tries once; does nothing when it is done. For one thread at a time. */
    @Override
    public void run() {
        if (done.getCount() == 0) {
            return;
        }
        try {
            work.run();
            done.countDown();
            LOG.debug("{}: done", what);
        } catch (Unavailable e) {
            if (!failed) {
                LOG.warn("{}: not yet possible, is tried again: {}", what, e.getMessage());
            }
            failed = true;
        }
    }

    /** The task, which does nothing until this is done. */
    Runnable before(Runnable task) {
        return () -> {
            if (done.getCount() == 0) {
                task.run();
            }
        };
    }

    /**
     * Waits a moment; without it the start goes on, and what depends on it comes later.
     *
     * @param until by {@link System#nanoTime()}
     */
    void await(long until) {
        try {
            if (!done.await(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.warn("{}: goes on without for now", what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("start", "interrupted while waiting: " + what, e);
        }
    }
}
