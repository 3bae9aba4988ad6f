package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.PositivePairs;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/** The numbers of a range of pairs by block of their items: shuffled as often as wanted, while the pairs stay put. */
final class PairsByBlock {
    private final int[] pairs;
    private final int[] ends;

    /**
     * @param from the range's first pair
     * @param to the pair after its last
     * @param taken whether a pair is learnt from; asked once of each, in order
     */
    PairsByBlock(PositivePairs data, int from, int to, ItemBlocks blocks, IntPredicate taken) {
        int[] kept = new int[to - from];
        int[] next = new int[blocks.count() + 1];
        int size = 0;
        for (int pair = from; pair < to; pair++) {
            if (taken.test(pair)) {
                kept[size++] = pair;
                next[blocks.blockOf(data.item(pair)) + 1]++;
            }
        }
        for (int block = 0; block < blocks.count(); block++) {
            next[block + 1] += next[block];
        }
        pairs = new int[size];
        for (int i = 0; i < size; i++) {
            pairs[next[blocks.blockOf(data.item(kept[i]))]++] = kept[i];
        }
        // What was the next place of a block is now its end.
        ends = next;
    }

    /** Where the block's pairs begin. */
    int from(int block) {
        return block == 0 ? 0 : ends[block - 1];
    }

    /** Where the block's pairs end. */
    int to(int block) {
        return ends[block];
    }

    int pair(int at) {
        return pairs[at];
    }

    /** Shuffles a block's pairs. */
    void shuffle(int block, SplittableRandom random) {
        Shuffle.shuffle(pairs, from(block), to(block), random);
    }
}
