package dev.milvuso.joiner.core;

import org.jspecify.annotations.Nullable;

/**
 * Rules out in memory that an event was seen, without a look into state: a Bloom filter of fixed size, whose four bits
 * for an event lie in one word. Up to four million events it is wrong about one in a hundred; beyond, it rules out
 * fewer and fewer. Two halves take turns, so that events are forgotten that the state has forgotten, too.
 */
public final class EventFilter {
    private static final int WORDS = 1 << 20;
    private static final int BITS = 4;

    private final long horizon;
    private long[] current = new long[WORDS];
    private long @Nullable [] before;
    private long turn;
    private long complete;

    /**
     * @param horizon how long an event is remembered, in milliseconds
     * @param now processing time in milliseconds
     */
    public EventFilter(long horizon, long now) {
        this.horizon = horizon;
        this.turn = now + horizon;
        this.complete = now;
    }

    /** Some events of the past are not known to it: it rules nothing out until they are forgotten. */
    public void missSome(long now) {
        complete = now + horizon;
    }

    /** Forgets what is older than the horizon. */
    public void onTime(long now) {
        if (now >= turn) {
            before = current;
            current = new long[WORDS];
            turn = now + horizon;
        }
        if (now >= complete) {
            complete = Long.MIN_VALUE;
        }
    }

    public void add(EventKey event) {
        current[word(event)] |= mask(event);
    }

    public boolean mayHold(EventKey event) {
        int word = word(event);
        long mask = mask(event);
        return complete != Long.MIN_VALUE
                || (current[word] & mask) == mask
                || (before != null && (before[word] & mask) == mask);
    }

    private static int word(EventKey event) {
        return (int) (event.high() >>> 32) & (WORDS - 1);
    }

    /** Other bits than those of the word, its hash code and its shard. */
    private static long mask(EventKey event) {
        long mask = 0;
        long left = (event.low() * 0x9e3779b97f4a7c15L) >>> 16;
        for (int i = 0; i < BITS; i++) {
            mask |= 1L << left;
            left >>>= 6;
        }
        return mask;
    }
}
