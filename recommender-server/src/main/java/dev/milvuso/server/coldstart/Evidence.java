package dev.milvuso.server.coldstart;

import java.util.Arrays;

/**
 * How much is known of items, by slot: how often they were acted on, shown and chosen. What was counted since the start
 * and what PostgreSQL says stand side by side, and the larger counts, since both cover the last minutes. Safe for use
 * by many threads; a count that two add to at once may lose one.
 */
public final class Evidence {
    private static final int KINDS = 3;
    private static final int ACTED = 0;
    private static final int SHOWN = 1;
    private static final int CHOSEN = 2;

    private volatile int[] counted = new int[KINDS * 1024];
    private volatile int[] stored = new int[KINDS * 1024];

    /**
     * Somebody acted on it.
     *
     * @param chosen whether that speaks for it
     */
    public void addAction(int slot, boolean chosen) {
        int[] counts = room(slot);
        counts[KINDS * slot + ACTED]++;
        counts[KINDS * slot + CHOSEN] += chosen ? 1 : 0;
    }

    public void addShown(int slot) {
        room(slot)[KINDS * slot + SHOWN]++;
    }

    /** What PostgreSQL says. */
    public void stored(int slot, long acted, long shown, long chosen) {
        room(slot);
        int[] counts = stored;
        counts[KINDS * slot + ACTED] = saturated(acted);
        counts[KINDS * slot + SHOWN] = saturated(shown);
        counts[KINDS * slot + CHOSEN] = saturated(chosen);
    }

    private static int saturated(long count) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE / 2, count));
    }

    private int[] room(int slot) {
        if (KINDS * (slot + 1) > stored.length) {
            grow(slot);
        }
        return counted;
    }

    private synchronized void grow(int slot) {
        int length = Math.max(KINDS * (slot + 1), 2 * stored.length);
        if (KINDS * (slot + 1) > stored.length) {
            counted = Arrays.copyOf(counted, length);
            stored = Arrays.copyOf(stored, length);
        }
    }

    public int acted(int slot) {
        return larger(slot, ACTED);
    }

    public int shown(int slot) {
        return larger(slot, SHOWN);
    }

    public int chosen(int slot) {
        return larger(slot, CHOSEN);
    }

    private int larger(int slot, int kind) {
        int place = KINDS * slot + kind;
        int[] stocks = stored;
        int[] counts = counted;
        return place < stocks.length && place < counts.length ? Math.max(stocks[place], counts[place]) : 0;
    }
}
