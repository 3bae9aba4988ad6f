package dev.milvuso.vector.index;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Has the inner loops compiled before all threads need them: until then each register's worth of numbers is an object,
 * a hundred times slower, and the first pass over many rows would keep every core busy so, the compiler waiting for
 * one.
 */
final class Warming {
    /** Calls after which HotSpot has put all that is called in the queue of its optimizing compiler. */
    private static final int CALLS = 6000;

    private static final int CENTRES = 48;
    /** For each dimension, of a call: compiled it takes some tens, before some thousands. */
    private static final long FAST_NANOS = 100;

    private static final int FAST_CALLS = 20;
    private static final long AT_MOST_NANOS = 2_000_000_000;
    private static final long PAUSE_NANOS = 2_000_000;

    private static boolean done;

    private Warming() {}

    /** The first call of a process waits, for two seconds at most. */
    static synchronized void once(int dimension) {
        if (!done) {
            done = true;
            warm(dimension, System.nanoTime() + AT_MOST_NANOS);
        }
    }

    private static void warm(int dimension, long until) {
        SplittableRandom random = new SplittableRandom(1);
        float[][] rows = new float[CENTRES][dimension];
        for (float[] row : rows) {
            for (int i = 0; i < dimension; i++) {
                row[i] = (float) random.nextDouble();
            }
        }
        Nearest nearest = new Nearest(rows, dimension);
        Scratch scratch = new Scratch((dimension + 3) / 4);
        int fast = 0;
        for (int call = 0; fast < FAST_CALLS && System.nanoTime() < until; call++) {
            long begin = System.nanoTime();
            nearest.of(rows[call % CENTRES], scratch);
            fast = System.nanoTime() - begin < FAST_NANOS * dimension ? fast + 1 : 0;
            if (call >= CALLS) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
