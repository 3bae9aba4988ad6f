package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.FactorModel;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Users of six tastes, who choose twelve items of their own taste for one of any: of 180 items, within a taste and
 * without, the first are chosen the most. One item of each user's taste is held out.
 */
public final class Tastes {
    private static final int TASTES = 6;
    private static final int USERS = 360;
    private static final int ITEMS = 180;
    private static final int CHOICES = 13;

    private final PositivePairs pairs = new PositivePairs();
    private final int[] heldOut = new int[USERS];
    private final int[] popularity = new int[ITEMS];

    public Tastes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int item = 0; item < ITEMS; item++) {
            add("everybody", item);
        }
        for (int user = 0; user < USERS; user++) {
            Set<Integer> chosen = new HashSet<>();
            heldOut[user] = own(user, random);
            chosen.add(heldOut[user]);
            while (chosen.size() <= CHOICES) {
                int item = chosen.size() == CHOICES ? random.nextInt(ITEMS) : own(user, random);
                if (chosen.add(item)) {
                    add("u" + user, item);
                }
            }
        }
    }

    private static int own(int user, SplittableRandom random) {
        double skewed = Math.pow(random.nextDouble(), 1.5);
        int place = (int) (skewed * ITEMS / TASTES);
        return place * TASTES + user % TASTES;
    }

    private void add(String user, int item) {
        pairs.add(user, "i" + item);
        popularity[item]++;
    }

    public PositivePairs pairs() {
        return pairs;
    }

    /** What the share of users is whose held-out item is among the ten best of all that they have not chosen. */
    public double hitRate(FactorModel model) {
        return share((user, item) ->
                model.score(model.users().find("u" + user), model.items().find("i" + item)));
    }

    public double hitRateOfPopularity() {
        return share((user, item) -> popularity[item]);
    }

    private interface Score {
        double of(int user, int item);
    }

    private double share(Score score) {
        Set<String> chosen = new HashSet<>();
        for (int pair = 0; pair < pairs.size(); pair++) {
            chosen.add(pairs.userIds().get(pairs.user(pair)) + " "
                    + pairs.itemIds().get(pairs.item(pair)));
        }
        int hits = 0;
        for (int user = 0; user < USERS; user++) {
            int better = 0;
            for (int item = 0; item < ITEMS; item++) {
                boolean known = chosen.contains("u" + user + " i" + item);
                better += !known && score.of(user, item) > score.of(user, heldOut[user]) ? 1 : 0;
            }
            hits += better < 10 ? 1 : 0;
        }
        return hits / (double) USERS;
    }
}
