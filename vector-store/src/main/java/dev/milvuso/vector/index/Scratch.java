package dev.milvuso.vector.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What one search, or one row on its way to a list, works with; one for each thread at a time. */
final class Scratch {
    final QueryCode query;
    final RowCode row;
    final Shortlist candidates = new Shortlist();
    final Frontier frontier = new Frontier();
    final Arrivals arrivals = new Arrivals();
    float[] scores = new float[0];
    int[] places = new int[0];
    /** Of the lists that are read next. */
    final int[] sizes = new int[ListSearch.AT_ONCE];

    final float[] bases = new float[ListSearch.AT_ONCE];
    final PostingList.@Nullable Content[] contents = new PostingList.Content[ListSearch.AT_ONCE];
    /** By list: the best score that is to be expected in it. */
    float[] hopes = new float[0];

    /** How many lists have been read, and their numbers. */
    int read;

    private int[] numbers = new int[0];

    private float[][] rows = new float[0][];

    Scratch(int groups) {
        this.query = new QueryCode(groups);
        this.row = new RowCode(groups);
    }

    /** A list that is read once, and not looked for any more. */
    void read(int number) {
        if (read == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * read + 64);
        }
        numbers[read++] = number;
        hopes[number] = Float.NEGATIVE_INFINITY;
    }

    /** After all hopes have been made anew. */
    void clearHopesOfRead() {
        for (int i = 0; i < read; i++) {
            hopes[numbers[i]] = Float.NEGATIVE_INFINITY;
        }
    }

    /** Makes room for so many rows, a multiple of 32. */
    void reserve(int rows) {
        if (scores.length < rows) {
            int room = rows + rows / 2;
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
        score(codes, biases, 0, rounded / IndexMath.BLOCK, factor, base);
        return rounded;
    }

    /** The scores of the rows of some blocks, which there is room for. */
    void score(CodeBlocks codes, float[] biases, int fromBlock, int toBlock, float factor, float base) {
        IndexMath.BEST.scores(
                codes.codes,
                fromBlock,
                toBlock,
                codes.groups,
                query.weights,
                query.start,
                factor,
                base,
                biases,
                scores);
    }

    /** Room for so many, and for their scores. */
    float[][] rows(int count) {
        reserve(CodeBlocks.rounded(count));
        if (rows.length < count) {
            rows = new float[count][];
        }
        return rows;
    }
}
