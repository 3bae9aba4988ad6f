package dev.milvuso.server.discover;

import java.util.Arrays;

/** The documents that hold one word, and how often; a document once. Not safe for use by several threads. */
final class Postings {
    private int[] slots = new int[4];
    private byte[] counts = new byte[4];
    private int size;

    void add(int slot, int count) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        slots[size] = slot;
        counts[size++] = (byte) Math.min(Byte.MAX_VALUE, count);
    }

    void remove(int slot) {
        for (int i = 0; i < size; i++) {
            if (slots[i] == slot) {
                size--;
                slots[i] = slots[size];
                counts[i] = counts[size];
                return;
            }
        }
    }

    int size() {
        return size;
    }

    int slot(int i) {
        return slots[i];
    }

    int count(int i) {
        return counts[i];
    }
}
