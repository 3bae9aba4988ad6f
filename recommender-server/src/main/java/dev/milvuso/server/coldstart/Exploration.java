package dev.milvuso.server.coldstart;

import dev.milvuso.config.ColdstartConfig;
import dev.milvuso.server.catalogue.ItemTable;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Ranking;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.taste.LatestTaste;
import dev.milvuso.server.taste.Standing;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Brings candidates into the order of their scores and gives the last places of a list to items of which little is
 * known, whose likelihood to be chosen is tried out by Thompson sampling: such as suit the visitor, but not well enough
 * to be in the list anyway. Each is marked with the probability it was chosen with, given those chosen before it.
 *
 * @param random for one request each
 */
public record Exploration(ColdstartConfig config, ColdShelf shelf, LatestTaste taste, Supplier<RandomGenerator> random)
        implements Ranking {
    private static final int ARMS = 8;

    @Override
    public void rank(Visit visit, Candidates candidates) {
        candidates.sort(0, candidates.size());
        int count = visit.query().count();
        float[] of = visit.visitor().taste();
        if (of == null || visit.version().isEmpty() || candidates.size() <= count || config.quota() == 0) {
            return;
        }
        RandomGenerator chance = random.get();
        double places = config.quota() * count;
        int whole = (int) places;
        for (int i = 0; i < whole; i++) {
            explore(visit, of, candidates, count - 1 - i, 1, chance);
        }
        explore(visit, of, candidates, count - 1 - whole, places - whole, chance);
    }

    /** Gives away the place with this probability. */
    private void explore(
            Visit visit, float[] of, Candidates candidates, int place, double probability, RandomGenerator chance) {
        int count = visit.query().count();
        if (probability <= 0 || place < 0) {
            return;
        }
        int[] rows = new int[ARMS];
        Thompson thompson = new Thompson(ARMS);
        int arms = arms(visit, of, candidates, count, rows, thompson);
        if (arms == 0) {
            return;
        }
        if (chance.nextDouble() >= probability) {
            candidates.probability(place, (float) (1 - probability));
            return;
        }
        int chosen = thompson.choose(arms, chance);
        int row = rows[chosen];
        candidates.probability(row, (float) (probability * thompson.probability(chosen, arms)));
        candidates.moveUp(row, place);
    }

    /**
     * Of those that suit the visitor but are not in the list the ones that were received best so far; or only the one
     * that is rising, of several the newest: lists were made out of date for it.
     */
    private int arms(Visit visit, float[] of, Candidates candidates, int from, int[] rows, Thompson thompson) {
        ColdItems cold = shelf.items(visit.version().orElseThrow());
        Standing standing = taste.standing(of, visit.version().orElseThrow());
        double rate = shelf.usualRate();
        long now = visit.making().startedAt();
        double[] expected = new double[ARMS];
        int arms = 0;
        int rising = -1;
        int risingItem = -1;
        for (int row = from; row < candidates.size(); row++) {
            int item = cold.find(candidates.slot(row));
            double mean = item < 0 ? 0 : cold.expected(item, rate);
            boolean enters = item >= 0 && (arms < ARMS || mean > expected[ARMS - 1]);
            boolean rises =
                    item >= 0 && cold.isRising(item, rate, now) && isBefore(item, risingItem, cold, visit.items());
            if (!(enters || rises) || standing.of(cold.vectors[item]) < config.affinity()) {
                continue;
            }
            if (rises) {
                rising = row;
                risingItem = item;
            }
            if (enters) {
                arms = Math.min(ARMS, arms + 1);
                int place = arms - 1;
                for (; place > 0 && expected[place - 1] < mean; place--) {
                    expected[place] = expected[place - 1];
                    rows[place] = rows[place - 1];
                }
                expected[place] = mean;
                rows[place] = row;
            }
        }
        if (rising >= 0) {
            rows[0] = rising;
            arms = 1;
        }
        for (int arm = 0; arm < arms; arm++) {
            int item = cold.find(candidates.slot(rows[arm]));
            thompson.arm(arm, cold.successes(item, rate), cold.failures(item, rate));
        }
        return arms;
    }

    /** The newer; of two that are as old the one with the later news, then the less shown. */
    private static boolean isBefore(int item, int other, ColdItems cold, ItemTable items) {
        if (other < 0) {
            return true;
        }
        int newer = Long.compare(items.createdAt(cold.slots[item]), items.createdAt(cold.slots[other]));
        int later = newer != 0 ? newer : Long.compare(cold.newsUntil[item], cold.newsUntil[other]);
        return later != 0 ? later > 0 : cold.shown[item] < cold.shown[other];
    }
}
