package dev.milvuso.vector.index;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Finds the lists that have outgrown their shape and mends them one by one, in the background. */
final class Upkeep {
    private static final int AT_ONCE = 16;

    private final ReentrantLock lock;
    private final Executor background;
    private final Set<Integer> waiting = ConcurrentHashMap.newKeySet();
    private final Queue<Integer> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable InvertedLists current;

    Upkeep(ReentrantLock lock, Executor background) {
        this.lock = lock;
        this.background = background;
    }

    /** After a list has changed; under the lock. */
    void look(InvertedLists lists, int number) {
        current = lists;
        if (ListSurgery.isDue(lists, number) && waiting.add(number)) {
            queue.add(number);
            // A thread that is woken up takes a core from one that searches: it is for several lists, if there are
            // many.
            int few = Math.min(AT_ONCE, lists.directory().live() / 64);
            if (waiting.size() > few && running.compareAndSet(false, true)) {
                background.execute(this::mend);
            }
        }
    }

    private void mend() {
        while (!closed) {
            for (Integer number = queue.poll(); number != null && !closed; number = queue.poll()) {
                waiting.remove(number);
                InvertedLists lists = current;
                if (lists != null && number < lists.directory().end()) {
                    new ListSurgery(lists, lock).mend(number);
                }
            }
            running.set(false);
            if (queue.isEmpty() || !running.compareAndSet(false, true)) {
                return;
            }
        }
    }

    /**
     * Splits at once what training has left far too large, of lists that nobody else has. To mend all that is out of
     * shape would take longer than half the training and finds no more rows.
     */
    static void settle(InvertedLists lists) {
        ListSurgery surgery = new ListSurgery(lists, new ReentrantLock());
        for (int number = 0; number < lists.directory().end(); number++) {
            for (int times = 0; times < 8 && ListSurgery.isHuge(lists, number); times++) {
                surgery.mend(number);
            }
        }
    }

    /** Turns to other lists; under the lock. */
    void begin(InvertedLists lists) {
        current = lists;
        waiting.clear();
        queue.clear();
    }

    /** How many lists are to be mended. */
    long waiting() {
        return waiting.size();
    }

    void run(Runnable task) {
        if (!closed) {
            background.execute(task);
        }
    }

    void close() {
        closed = true;
    }
}
