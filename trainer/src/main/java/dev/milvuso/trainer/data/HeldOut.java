package dev.milvuso.trainer.data;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Positive pairs in two parts.
 *
 * @param rest to train on
 * @param heldOut one item of each user who has at least two, to test on
 */
public record HeldOut(PositivePairs rest, PositivePairs heldOut) {
    /**
     * Holds out one of the items that a user has chosen, any of them, all its repeats included.
     *
     * @throws IllegalArgumentException if no user has two items
     */
    public static HeldOut oneOfEachUser(PositivePairs data, long seed) {
        return oneOfSomeUsers(data, seed, Integer.MAX_VALUE);
    }

    /**
     * As above, of so many users at most, evenly from all who have two items: where users have few, a part from each
     * would leave other data than those that were given.
     */
    public static HeldOut oneOfSomeUsers(PositivePairs data, long seed, int most) {
        SplittableRandom random = new SplittableRandom(seed);
        Histories histories = data.histories();
        int[] chosen = IntStream.range(0, histories.users())
                .map(user -> choose(histories, user, random))
                .toArray();
        keep(chosen, most);
        PositivePairs rest = new PositivePairs();
        for (int i = 0; i < data.size(); i++) {
            if (data.item(i) != chosen[data.user(i)]) {
                rest.add(data.userIds().get(data.user(i)), data.itemIds().get(data.item(i)));
            }
        }
        PositivePairs heldOut = new PositivePairs();
        for (int user = 0; user < chosen.length; user++) {
            if (chosen[user] >= 0) {
                heldOut.add(data.userIds().get(user), data.itemIds().get(chosen[user]));
            }
        }
        if (heldOut.size() == 0) {
            throw new IllegalArgumentException("no user has two items: one is held out, and one must be left to learn");
        }
        return new HeldOut(rest, heldOut);
    }

    private static void keep(int[] chosen, int most) {
        long users = IntStream.of(chosen).filter(item -> item >= 0).count();
        long seen = 0;
        for (int user = 0; user < chosen.length && users > most; user++) {
            // One of them whenever the share of those seen brings the next whole number.
            if (chosen[user] >= 0 && seen * most / users == ++seen * most / users) {
                chosen[user] = -1;
            }
        }
    }

    private static int choose(Histories histories, int user, SplittableRandom random) {
        int from = histories.offsets()[user];
        int count = histories.offsets()[user + 1] - from;
        return count < 2 ? -1 : histories.items()[from + random.nextInt(count)];
    }
}
