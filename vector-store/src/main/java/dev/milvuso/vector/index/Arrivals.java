package dev.milvuso.vector.index;

import org.jspecify.annotations.Nullable;

/** Rows on their way to lists: where they belong, and as what codes, is found out before the lock is taken. */
final class Arrivals {
    /** At a time. */
    static final int MOST = 64;

    private final int[] numbers = new int[MOST];
    private final @Nullable PostingList[] lists = new PostingList[MOST];
    private final @Nullable RowCode[] codes = new RowCode[MOST];
    private @Nullable InvertedLists of;

    /** @param rows as they were given; those from a number on, below another */
    void look(InvertedLists among, float[][] rows, int from, int end, Scratch scratch) {
        of = among;
        for (int i = from; i < end; i++) {
            look(among, i - from, among.similarity().placed(rows[i]), scratch);
        }
    }

    private void look(InvertedLists among, int n, float[] placed, Scratch scratch) {
        int number = among.nearest(placed, scratch);
        PostingList list = among.directory().list(number);
        RowCode kept = codes[n];
        RowCode code = kept == null ? new RowCode(among.encoder().groups()) : kept;
        codes[n] = code;
        numbers[n] = number;
        lists[n] = list;
        if (list != null) {
            among.encoder().encode(placed, list.centre, code);
        }
    }

    /**
     * Under the lock: puts the n-th row where it belongs, which is looked for anew if lists have changed.
     *
     * @return the number of its list
     */
    int settle(InvertedLists among, int n, int slot, float[] row, Scratch scratch) {
        if (of != among || lists[n] == null || among.directory().list(numbers[n]) != lists[n]) {
            look(among, n, among.similarity().placed(row), scratch);
        }
        PostingList list = lists[n];
        RowCode code = codes[n];
        if (list == null || code == null) {
            throw new IllegalStateException("there is no list " + numbers[n]);
        }
        among.put(slot, numbers[n], list, code);
        return numbers[n];
    }
}
