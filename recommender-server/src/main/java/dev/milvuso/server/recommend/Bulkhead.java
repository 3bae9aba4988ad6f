package dev.milvuso.server.recommend;

import dev.milvuso.component.DaemonThreads;
import dev.milvuso.server.tier.Breaker;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The few threads that may wait for one dependency: if it hangs, they are stuck and nobody else. A question that is
 * being asked already is not asked once more: whoever comes meanwhile gets the same answer.
 */
public final class Bulkhead implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration AS_LONG_AS_THERE_IS_TIME = Duration.ofNanos(Long.MAX_VALUE);

    private final String dependency;
    private final ThreadPoolExecutor threads;
    private final Duration patience;
    private final Breaker breaker;
    private final ConcurrentHashMap<Object, Future<?>> asked = new ConcurrentHashMap<>();
    private final boolean mixed;

    private Bulkhead(String dependency, ThreadPoolExecutor threads, Duration patience, Breaker breaker, boolean mixed) {
        this.mixed = mixed;
        this.dependency = dependency;
        this.threads = threads;
        this.patience = patience;
        this.breaker = breaker;
    }

    /** For which nobody is too slow, as long as the request has time. */
    public static Bulkhead of(String dependency, int threads, int queue, Breaker breaker) {
        return of(dependency, threads, queue, AS_LONG_AS_THERE_IS_TIME, breaker);
    }

    /**
     * @param queue how many calls may wait for a thread
     * @param patience how long somebody waits for an answer, at most
     * @param breaker told when somebody gave up waiting
     */
    public static Bulkhead of(String dependency, int threads, int queue, Duration patience, Breaker breaker) {
        return of(dependency, threads, queue, patience, breaker, false);
    }

    /** As {@link #of}, for questions that others may answer than the one whose breaker it is. */
    public static Bulkhead mixed(String dependency, int threads, int queue, Duration patience, Breaker breaker) {
        return of(dependency, threads, queue, patience, breaker, true);
    }

    private static Bulkhead of(
            String dependency, int threads, int queue, Duration patience, Breaker breaker, boolean mixed) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(queue),
                new DaemonThreads("waits-for-" + dependency));
        pool.allowCoreThreadTimeOut(true);
        return new Bulkhead(dependency, pool, patience, breaker, mixed);
    }

    public String dependency() {
        return dependency;
    }

    public Breaker breaker() {
        return breaker;
    }

    /** How long somebody waits for an answer, at most. */
    Duration patience() {
        return patience;
    }

    /**
     * Before anything is asked: threads that hang keep nobody waiting for one of them once that is known.
     *
     * @throws dev.milvuso.component.Unavailable if there is no use in asking now
     */
    void enter() {
        if (!mixed) {
            breaker.enter();
        }
    }

    /**
     * Asks on one of the threads, unless the same is being asked.
     *
     * @param question stands for what is asked: equal ones have the same type of answer
     * @throws java.util.concurrent.RejectedExecutionException if threads and queue are full
     */
    <T> Future<T> begin(Object question, Supplier<T> part) {
        FutureTask<T> mine = new FutureTask<>(part::get) {
            @Override
            protected void done() {
                asked.remove(question, this);
            }
        };
        // a task wakes who waits before it is done with: they may be here again while it is still listed
        Future<?> running = asked.compute(question, (q, first) -> first == null || first.isDone() ? mine : first);
        if (running != mine) {
            @SuppressWarnings("unchecked") // by the question
            Future<T> same = (Future<T>) running;
            return same;
        }
        boolean isTaken = false;
        try {
            threads.execute(mine);
            isTaken = true;
        } finally {
            if (!isTaken) {
                mine.cancel(false); // for whoever waits with this one
            }
        }
        return mine;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
