package dev.milvuso.trainer.parameter;

import java.util.Arrays;

/** Rows without an id; the one that was freed last is given away first, its memory being warm. */
final class FreeRows {
    private int[] rows = new int[0];
    private volatile int count;

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void add(int row) {
        int place = count;
        if (place == rows.length) {
            rows = Arrays.copyOf(rows, place + place / 2 + 16);
        }
        rows[place] = row;
        count = place + 1;
    }

    int take() {
        int last = count - 1;
        count = last;
        return rows[last];
    }

    long bytes() {
        return 32L + (long) rows.length * Integer.BYTES;
    }
}
