package dev.milvuso.vector.embedded.column;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A bit for each slot, read 64 at a time. Any number of threads may read it while nobody writes. */
public final class SlotBits {
    private long[] words = new long[1];
    private int count;

    public boolean get(int slot) {
        return ((word(slot >>> 6) >>> slot) & 1) != 0;
    }

    /** All of them, 64 slots to a number; those beyond its end are not set. Not to be changed. */
    public long[] array() {
        return words;
    }

    /** Those of the slots {@code 64 * word} to {@code 64 * word + 63}, the first lowest. */
    public long word(int word) {
        return word < words.length ? words[word] : 0;
    }

    /** Words from here on are empty. */
    public int words() {
        return words.length;
    }

    public void set(int slot, boolean value) {
        long before = word(slot >>> 6);
        word(slot >>> 6, value ? before | (1L << slot) : before & ~(1L << slot));
    }

    public void word(int word, long bits) {
        if (word >= words.length) {
            if (bits == 0) {
                return;
            }
            words = Arrays.copyOf(words, Math.max(word + 1, words.length + words.length / 2));
        }
        count += Long.bitCount(bits) - Long.bitCount(words[word]);
        words[word] = bits;
    }

    /** How many are set. */
    public int count() {
        return count;
    }

    /** The first that is set from a slot on; -1 if there is none. */
    public int next(int from) {
        int word = from >>> 6;
        if (word >= words.length) {
            return -1;
        }
        long bits = words[word] & (-1L << from);
        while (bits == 0) {
            if (++word == words.length) {
                return -1;
            }
            bits = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /** The first that is not set from a slot on. */
    public int nextClear(int from) {
        int word = from >>> 6;
        long bits = ~word(word) & (-1L << from);
        while (bits == 0) {
            bits = ~word(++word);
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /** One beyond the last that is set. */
    public int length() {
        int word = words.length - 1;
        while (word >= 0 && words[word] == 0) {
            word--;
        }
        return word < 0 ? 0 : (word << 6) + 64 - Long.numberOfLeadingZeros(words[word]);
    }

    /** Those that are set, in order. */
    public IntStream stream() {
        int[] slots = new int[count];
        int n = 0;
        for (int word = 0; word < words.length; word++) {
            for (long bits = words[word]; bits != 0; bits &= bits - 1) {
                slots[n++] = (word << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        return Arrays.stream(slots);
    }
}
