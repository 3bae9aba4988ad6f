package dev.milvuso.server.ranking;

import java.util.Arrays;

/**
 * Maximal marginal relevance (Carbonell and Goldstein, "The use of MMR", SIGIR 1998): {@code (1 - d) relevance - d max
 * likeness} to those chosen.
 *
 * @param diversity d, 0 to 1
 */
record MarginalRelevance(double diversity) implements Gain {
    @Override
    public void begin(Pool pool, int count) {
        Arrays.fill(pool.memory, 0, pool.size(), 0);
    }

    @Override
    public double of(Pool pool, int row) {
        return (1 - diversity) * pool.relevance(row) - diversity * pool.memory[row];
    }

    @Override
    public void chosen(Pool pool, int row, int before) {
        for (int other = 0; other < pool.size(); other++) {
            if (pool.isOpen(other)) {
                pool.memory[other] = Math.max(pool.memory[other], pool.likeness(other, row));
            }
        }
    }
}
