package dev.milvuso.standalone.demo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Visitors who come and go, so many visits a second. Those who have acted often enough give way to newcomers. */
final class Visitors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Visitors.class);
    private static final int CROWD = 300;
    private static final int ACTIONS_OF_A_VISITOR = 30;
    private static final int POPULAR = 100;
    private static final int THREADS = 4;

    private final FilmCatalogue catalogue;
    private final Shop shop;
    private final double visitsPerSecond;
    private final Deque<Visitor> crowd = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile List<String> popular = List.of();
    private volatile boolean closed;
    private int arrived;
    private Score score = Score.NONE;

    Visitors(FilmCatalogue catalogue, Shop shop, double visitsPerSecond) {
        this.catalogue = catalogue;
        this.shop = shop;
        this.visitsPerSecond = visitsPerSecond;
    }

    void start() {
        run("demo-popular", this::followPopular);
        for (int thread = 0; thread < THREADS; thread++) {
            SplittableRandom random = new SplittableRandom(thread);
            run("demo-visitors-" + thread, () -> come(random));
        }
    }

    private void run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void come(SplittableRandom random) {
        Visit visit = new Visit(catalogue, shop, random);
        long pause = (long) (TimeUnit.SECONDS.toNanos(1) * THREADS / visitsPerSecond);
        long due = System.nanoTime();
        while (!closed) {
            Visitor visitor = next();
            try {
                count(visit.by(visitor, popular));
                back(visitor);
            } catch (IOException e) {
                LOG.warn("a visit failed: {}", e.getMessage());
                pause(TimeUnit.SECONDS.toNanos(1));
            } catch (InterruptedException e) {
                return;
            }
            due += pause;
            pause(due - System.nanoTime());
        }
    }

    private void followPopular() {
        while (!closed) {
            try {
                popular = shop.popular(POPULAR);
            } catch (IOException e) {
                LOG.warn("the popular list failed: {}", e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
            pause(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private static void pause(long nanos) {
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }

    /** Who has been away longest; someone new while the shop is not full. */
    private Visitor next() {
        synchronized (crowd) {
            if (crowd.size() + THREADS < CROWD) {
                return new Visitor(arrived++);
            }
            return crowd.removeFirst();
        }
    }

    private void back(Visitor visitor) {
        synchronized (crowd) {
            if (visitor.actions() < ACTIONS_OF_A_VISITOR) {
                crowd.addLast(visitor);
            }
        }
    }

    private synchronized void count(Score visit) {
        score = score.plus(visit);
    }

    /** The sums since this was last called. */
    synchronized Score taken() {
        Score taken = score;
        score = Score.NONE;
        return taken;
    }

    /** Waits for those who are in the shop. */
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
