package dev.milvuso.trainer.replay;

import dev.milvuso.trainer.data.Timeline;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A timeline whose positives are ranked from the second of ten parts on, each among random items that had appeared
 * before it. All contestants rank each event among the same ones.
 *
 * @param end where the replay ends, behind its last event
 * @param seen what every user acts on in the whole timeline, by number
 * @param seenAt when first, in the same order
 */
record Replayed(Timeline events, Others among, int end, long seed, int[][] seen, int[][] seenAt) {
    static final int PARTS = 10;
    static final int OTHERS = 99;

    /** Draws before one of the others is done without: a user who has acted on almost everything has few left. */
    private static final int PATIENCE = 1000;

    static Replayed of(Timeline events, Others among, int end, long seed) {
        Map<Integer, NavigableMap<Integer, Integer>> firsts = new HashMap<>();
        for (int event = 0; event < events.size(); event++) {
            firsts.computeIfAbsent(events.user(event), user -> new TreeMap<>()).putIfAbsent(events.item(event), event);
        }
        int users = events.userIds().size();
        int[][] seen = new int[users][];
        int[][] seenAt = new int[users][];
        firsts.forEach((user, items) -> {
            seen[user] = items.keySet().stream().mapToInt(Integer::intValue).toArray();
            seenAt[user] = items.values().stream().mapToInt(Integer::intValue).toArray();
        });
        return new Replayed(events, among, end, seed, seen, seenAt);
    }

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
        return event >= first() && event < end && events.isPositive(event) && events.itemsBefore(event) > 1;
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
            for (int again = 0; again < PATIENCE && isNoCandidate(event, other); again++) {
                other = random.nextInt(known);
            }
            if (isNoCandidate(event, other)) {
                continue;
            }
            double score = scores.of(other);
            rank += score > own ? 2 : score == own ? 1 : 0;
        }
        return rank;
    }

    private boolean isNoCandidate(int event, int other) {
        if (among == Others.ANY) {
            return other == events.item(event);
        }
        int user = events.user(event);
        int place = Arrays.binarySearch(seen[user], other);
        return other == events.item(event) || (place >= 0 && seenAt[user][place] < event);
    }
}
