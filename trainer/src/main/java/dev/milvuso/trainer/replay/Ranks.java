package dev.milvuso.trainer.replay;

import dev.milvuso.trainer.evaluation.ListMeasures;
import java.util.concurrent.atomic.LongAdder;

/** How a contestant has ranked what came next. Several threads may write, each event once. */
final class Ranks {
    private static final int LIST = 10;

    private final short[] doubled;
    private final LongAdder done;
    private final Runnable watcher;

    /**
     * @param done counts the events that have been ranked
     * @param watcher is told now and then that there are more
     */
    Ranks(int events, LongAdder done, Runnable watcher) {
        this.watcher = watcher;
        this.doubled = new short[events];
        this.done = done;
    }

    /** @param doubleRank as {@link Replayed#doubleRank} has it */
    void set(int event, int doubleRank) {
        doubled[event] = (short) doubleRank;
        done.increment();
        if ((event & 0xfff) == 0) {
            watcher.run();
        }
    }

    boolean has(int event) {
        return doubled[event] > 0;
    }

    /** Whether the item is among the first ten: 0, 1, or a half between. */
    double hit(int event) {
        return half(doubled[event] / 2 <= LIST) + half((doubled[event] + 1) / 2 <= LIST);
    }

    /** NDCG@10 of the one relevant item. */
    double gain(int event) {
        return (gainAt(doubled[event] / 2) + gainAt((doubled[event] + 1) / 2)) / 2;
    }

    private static double half(boolean hit) {
        return hit ? 0.5 : 0;
    }

    private static double gainAt(int rank) {
        return rank > LIST ? 0 : ListMeasures.discount(rank);
    }
}
