package dev.milvuso.server.sequence;

import java.util.Arrays;

/** What one user did last, newest first: other items each. Not safe for use by many threads. */
final class Trail {
    private final int[] slots;
    private int size;
    private long time;

    /** @param length items kept */
    Trail(int length) {
        slots = new int[length];
    }

    /** Forgets what lies further back than this. */
    void until(long now, long gap) {
        if (now - time > gap) {
            size = 0;
        }
        time = Math.max(time, now);
    }

    int size() {
        return size;
    }

    /** @param age 0 is the newest */
    int slot(int age) {
        return slots[age];
    }

    int[] slots() {
        return Arrays.copyOf(slots, size);
    }

    boolean contains(int slot) {
        for (int i = 0; i < size; i++) {
            if (slots[i] == slot) {
                return true;
            }
        }
        return false;
    }

    void add(int slot) {
        if (size < slots.length) {
            size++;
        }
        System.arraycopy(slots, 0, slots, 1, size - 1);
        slots[0] = slot;
    }
}
