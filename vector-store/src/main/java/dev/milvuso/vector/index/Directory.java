package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The lists and, as codes, their centres. A list keeps its number for life; a number that became free is given again.
 * One writer at a time; any number of readers. It does not grow: {@link #grown} makes a larger one.
 */
final class Directory {
    /** The centres' codes are those of their differences from here. */
    final float[] mean;

    final CodeBlocks centres;
    /** The lists' {@link PostingList#spread}. */
    final float[] spreads;
    /** Minus half the centres' squares: with an inner product it ranks by distance. */
    final float[] halfSquares;

    private final AtomicReferenceArray<@Nullable PostingList> lists;
    private final RowCode code;
    private volatile int end;
    private int live;

    Directory(float[] mean, int capacity, int groups) {
        this(mean, new CodeBlocks(capacity, groups, true), new float[0], new float[0]);
    }

    private Directory(float[] mean, CodeBlocks centres, float[] spreads, float[] halfSquares) {
        int capacity = centres.capacity();
        this.mean = mean;
        this.centres = centres;
        this.spreads = Arrays.copyOf(spreads, capacity);
        this.halfSquares = Arrays.copyOf(halfSquares, capacity);
        Arrays.fill(this.halfSquares, halfSquares.length, capacity, Float.NEGATIVE_INFINITY);
        Arrays.fill(centres.biases, halfSquares.length, capacity, Float.NEGATIVE_INFINITY);
        this.lists = new AtomicReferenceArray<>(capacity);
        this.code = new RowCode(centres.groups);
    }

    /** With room for so many lists. */
    Directory grown(int capacity) {
        Directory grown = new Directory(mean, centres.copy(capacity), spreads, halfSquares);
        for (int i = 0; i < end; i++) {
            grown.lists.set(i, lists.get(i));
        }
        grown.end = end;
        grown.live = live;
        return grown;
    }

    /** Numbers in use are below this. */
    int end() {
        return end;
    }

    /** How many lists there are. */
    int live() {
        return live;
    }

    boolean isFull() {
        return live == centres.capacity();
    }

    @Nullable PostingList list(int number) {
        return lists.get(number);
    }

    /** @param encoder by inner product */
    int add(PostingList list, Encoder encoder) {
        int number = live == end ? end : 0;
        while (lists.get(number) != null) {
            number++;
        }
        live++;
        set(number, list, encoder);
        end = Math.max(end, number + 1);
        return number;
    }

    void set(int number, PostingList list, Encoder encoder) {
        encoder.encode(list.centre, mean, code);
        centres.set(number, code);
        spreads[number] = list.spread();
        halfSquares[number] = -IndexMath.BEST.dot(list.centre, list.centre, 0, list.centre.length) / 2;
        lists.set(number, list);
    }

    /** After rows have come to a list. */
    void widen(int number, PostingList list) {
        spreads[number] = list.spread();
    }

    void remove(int number) {
        centres.biases[number] = Float.NEGATIVE_INFINITY;
        halfSquares[number] = Float.NEGATIVE_INFINITY;
        lists.set(number, null);
        live--;
    }

    long bytes() {
        long bytes = centres.bytes() + 12L * spreads.length;
        for (int i = 0; i < end; i++) {
            PostingList list = lists.get(i);
            bytes += list == null ? 0 : list.bytes();
        }
        return bytes;
    }
}
