package dev.milvuso.embedded;

import java.time.Duration;

/** Waits for something that cannot announce itself, for so long and no longer. */
final class Patience {
    private static final int PAUSE_MS = 25;

    private final long endNanos;

    Patience(Duration limit) {
        this.endNanos = System.nanoTime() + limit.toNanos();
    }

    /** @throws IllegalStateException with the message when the time is over, or the thread was interrupted */
    void pauseOrGiveUp(String message) {
        if (System.nanoTime() - endNanos > 0) {
            throw new IllegalStateException(message);
        }
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting: " + message, e);
        }
    }
}
