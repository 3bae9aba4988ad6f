package dev.milvuso.trainer.online;

import java.time.Duration;

/** Something that is done again after an interval. Not for several threads. */
final class Every {
    private final long nanos;
    private long done;

    /** Due at once. */
    Every(Duration interval) {
        nanos = interval.toNanos();
        done = System.nanoTime() - nanos;
    }

    /** Whether the interval has passed since it was done. */
    boolean isDue() {
        return System.nanoTime() - done >= nanos;
    }

    void done() {
        done = System.nanoTime();
    }

    /** How long until it is due, 0 or more. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - (System.nanoTime() - done)));
    }
}
