package dev.milvuso.feature.worker.kafka;

/**
 * How many records are taken in before they are stored, when PostgreSQL has refused what came of some: fewer and fewer
 * until the one that is to blame stands alone, then more again. For one thread.
 */
final class Pace {
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final int FIRST = 256;
    private static final int STEP = 4;

    private int most = UNBOUNDED;

    int most() {
        return most;
    }

    boolean isCareful() {
        return most < UNBOUNDED;
    }

    boolean isSingle() {
        return most == 1;
    }

    void slower() {
        most = isCareful() ? Math.max(1, most / STEP) : FIRST;
    }

    void faster() {
        most = most >= FIRST ? UNBOUNDED : most * STEP;
    }
}
