package dev.milvuso.vector.index;

import org.jspecify.annotations.Nullable;

/** What one search, or one row on its way to a list, works with; one for each thread at a time. */
final class Scratch {
    final QueryCode query;
    final RowCode row;
    final Shortlist candidates = new Shortlist();
    final Shortlist lists = new Shortlist();
    short[] sums = new short[0];
    float[] scores = new float[0];
    int[] places = new int[0];
    /** Of the lists that are read next. */
    final int[] sizes = new int[ListSearch.MORE_LISTS];

    final float[] bases = new float[ListSearch.MORE_LISTS];
    final PostingList.@Nullable Content[] contents = new PostingList.Content[ListSearch.MORE_LISTS];
    /** By list: the best score that is to be expected in it. */
    float[] hopes = new float[0];

    Scratch(int groups) {
        this.query = new QueryCode(groups);
        this.row = new RowCode(groups);
    }

    /** Makes room for so many rows, a multiple of 32. */
    void reserve(int rows) {
        if (sums.length < rows) {
            int room = rows + rows / 2;
            sums = new short[room];
            scores = new float[room];
            places = new int[room];
        }
    }

    /**
     * The scores of the first rows of some codes, in {@link #scores}. @return how many, at least as many as asked for
     */
    int score(CodeBlocks codes, float[] biases, int rows, float factor, float base) {
        int rounded = CodeBlocks.rounded(rows);
        reserve(rounded);
        int blocks = rounded / IndexMath.BLOCK;
        IndexMath.BEST.codeSums(codes.codes, blocks, codes.groups, query.weights, query.start, sums);
        IndexMath.BEST.scores(sums, codes.scales, biases, rounded, factor, base, scores);
        return rounded;
    }
}
