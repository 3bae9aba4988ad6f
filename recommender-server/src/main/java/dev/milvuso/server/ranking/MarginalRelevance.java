package dev.milvuso.server.ranking;

import java.util.Arrays;

/**
 * Maximal marginal relevance (Carbonell and Goldstein, "The use of MMR", SIGIR 1998): {@code (1 - d) relevance - d max
 * likeness} to those chosen. {@code memory} holds the largest likeness to those that a row has been compared with. It
 * only grows, so that a row that is not good enough by that need not be compared with the others (Minoux, "Accelerated
 * greedy algorithms", 1978).
 *
 * @param diversity d, 0 to 1
 */
record MarginalRelevance(double diversity) implements Gain {
    @Override
    public void begin(Pool pool, int count) {
        Arrays.fill(pool.memory, 0, pool.size(), 0);
        Arrays.fill(pool.compared, 0, pool.size(), 0);
        pool.chosen = pool.chosen.length < count ? new int[2 * count] : pool.chosen;
        pool.chosenCount = 0;
    }

    @Override
    public double atMost(Pool pool, int row) {
        return (1 - diversity) * pool.relevance(row) - diversity * pool.memory[row];
    }

    @Override
    public double of(Pool pool, int row) {
        double most = pool.memory[row];
        for (int i = pool.compared[row]; i < pool.chosenCount; i++) {
            most = Math.max(most, pool.likeness(row, pool.chosen[i]));
        }
        pool.memory[row] = most;
        pool.compared[row] = pool.chosenCount;
        return atMost(pool, row);
    }

    @Override
    public void chosen(Pool pool, int row, int before) {
        pool.chosen[before] = row;
        pool.chosenCount = before + 1;
    }
}
