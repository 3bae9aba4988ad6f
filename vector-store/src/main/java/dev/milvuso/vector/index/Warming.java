package dev.milvuso.vector.index;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Has the inner loops compiled before all threads need them: until then each register's worth of numbers is an object,
 * a hundred times slower, and the first pass over many rows would keep every core busy so, the compiler waiting for
 * one. They are called by themselves: all around them is plain code, which is fast enough until its turn comes.
 */
final class Warming {
    /** Turns of each loop in a call. */
    private static final int TURNS = 16;
    /** Then the compiler has a core for a while, should there be one alone. */
    private static final int CALLS = 100;
    /** Of a call: compiled it takes some hundreds, before some hundred thousands. */
    private static final long FAST_NANOS = 3_000;

    private static final float[] NONE = {};
    private static final int FAST_CALLS = 20;
    private static final long AT_MOST_NANOS = 2_000_000_000;
    private static final long PAUSE_NANOS = 10_000_000;

    private static boolean done;

    private final IndexMath math;
    private final float[] floats = new float[IndexMath.BLOCK * TURNS];
    private final short[] codes = new short[2 * (TURNS + 2) * IndexMath.BLOCK];
    private final short[] numbers = new short[TURNS * IndexMath.WEIGHTS / 16];
    private final short[] weights = new short[TURNS * IndexMath.WEIGHTS];
    private final float[] scores = new float[2 * IndexMath.BLOCK];
    private final float[] biases = new float[2 * IndexMath.BLOCK];
    private final int[] found = new int[8 * TURNS];

    Warming(IndexMath math) {
        this.math = math;
        for (int i = 0; i < floats.length; i += 11) {
            floats[i] = 1;
        }
    }

    /** The first call of a process waits, for two seconds at most. */
    static synchronized void once() {
        if (!done) {
            done = true;
            new Warming(IndexMath.BEST).run(System.nanoTime() + AT_MOST_NANOS);
        }
    }

    /**
     * One after the other, the slowest first: what a number is as an object is compiled too, if it is used for long.
     *
     * @param until of {@link System#nanoTime}, whatever is compiled by then
     */
    void run(long until) {
        warm(
                until,
                left -> math.scores(codes, 0, 2, TURNS, weights, (short) 0, 1, 0, left == 0 ? biases : NONE, scores));
        warm(until, left -> math.squaredDistance(floats, floats, 0, floats.length - left));
        warm(until, left -> math.dot(floats, floats, 0, floats.length - left));
        warm(until, left -> math.spread(numbers, weights));
        warm(until, left -> math.maxima(floats, floats.length, scores));
        warm(until, left -> math.above(floats, 0, found.length, 0, found));
    }

    /** @param loop given the turns of its slow end: what never happened would be left out and then missing */
    private static void warm(long until, IntConsumer loop) {
        int fast = 0;
        for (int call = 0; fast < FAST_CALLS && System.nanoTime() < until; call++) {
            long begin = System.nanoTime();
            loop.accept(call % 2 * 3);
            fast = System.nanoTime() - begin < FAST_NANOS ? fast + 1 : 0;
            if (call % CALLS == CALLS - 1) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
