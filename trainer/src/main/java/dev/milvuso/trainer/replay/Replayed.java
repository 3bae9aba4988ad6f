package dev.milvuso.trainer.replay;

import dev.milvuso.trainer.data.Timeline;
import java.util.SplittableRandom;

/**
 * A timeline whose positives are ranked from the second of ten parts on, each among random items that had appeared
 * before it. All contestants rank each event among the same ones.
 */
record Replayed(Timeline events, long seed) {
    static final int PARTS = 10;
    static final int OTHERS = 99;

    /** Scores an item as of now. */
    interface Scores {
        double of(int item);
    }

    /** Where a part begins, from 0 to {@link #PARTS}. */
    int begin(int part) {
        return (int) ((long) events.size() * part / PARTS);
    }

    /** The first event that is ranked; what lies before is for training alone. */
    int first() {
        return begin(1);
    }

    boolean isRanked(int event) {
        return event >= first() && events.isPositive(event) && events.itemsBefore(event) > 1;
    }

    /**
     * Twice the rank of the event's item, from 2 on: equal scores count half.
     *
     * @param scores of the items that had appeared before the event, and of the event's own
     */
    int doubleRank(int event, Scores scores) {
        int item = events.item(event);
        int known = events.itemsBefore(event);
        int others = Math.min(OTHERS, item < known ? known - 1 : known);
        // Of its own for every event, so that it does not matter in which order they are ranked.
        SplittableRandom random = new SplittableRandom(seed + 0x9e3779b97f4a7c15L * event);
        double own = scores.of(item);
        int rank = 2;
        for (int n = 0; n < others; n++) {
            int other = random.nextInt(known);
            while (other == item) {
                other = random.nextInt(known);
            }
            double score = scores.of(other);
            rank += score > own ? 2 : score == own ? 1 : 0;
        }
        return rank;
    }
}
