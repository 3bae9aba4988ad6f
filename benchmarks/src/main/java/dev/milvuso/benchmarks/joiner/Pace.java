package dev.milvuso.benchmarks.joiner;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** When actions happen. */
interface Pace {
    /** Waits until the next action is due, and gives its time in milliseconds since 1970. */
    long next();

    /** How many actions come between an action and its features. */
    int featuresBehind();

    /** All at once, as a job finds them that was away: 10 ms apart, until now. */
    static Pace past(int actions) {
        long begin = System.currentTimeMillis() - 10L * actions;
        return new Pace() {
            private long sent;

            @Override
            public long next() {
                return begin + 10 * sent++;
            }

            @Override
            public int featuresBehind() {
                return 0;
            }
        };
    }

    /** As in service: evenly as they happen, and features 10 ms after their action. */
    static Pace live(int actionsPerSecond) {
        long begin = System.nanoTime();
        return new Pace() {
            private long sent;

            @Override
            public long next() {
                long due = begin + TimeUnit.SECONDS.toNanos(1) * sent++ / actionsPerSecond;
                long ahead = due - System.nanoTime();
                while (ahead > 0) {
                    LockSupport.parkNanos(ahead);
                    ahead = due - System.nanoTime();
                }
                return System.currentTimeMillis();
            }

            @Override
            public int featuresBehind() {
                return actionsPerSecond / 100;
            }
        };
    }
}
