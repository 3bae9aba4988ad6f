package dev.milvuso.server.ranking;

import java.util.Arrays;

/**
 * The most likely list by a determinantal point process, greedily (Chen, Zhang and Zhou, "Fast greedy MAP inference for
 * determinantal point process", NeurIPS 2018): it maximises {@code (1 - d) sum of relevance + d log det S} over the
 * likenesses S of those chosen. {@code memory} holds d_i², what is left of item i beside them, {@code rows} the rows
 * c_i of the Cholesky factor. Once nothing is left of any, relevance alone decides.
 *
 * @param diversity d, 0 to 1
 */
record Determinant(double diversity) implements Gain {
    /** Less than this is nothing. */
    private static final double NOTHING = 1e-6;

    private static final double LOG_NOTHING = Math.log(NOTHING);

    @Override
    public void begin(Pool pool, int count) {
        Arrays.fill(pool.memory, 0, pool.size(), 1);
        int room = pool.size() * Math.max(1, count);
        if (pool.rows.length < room) {
            pool.rows = new double[room];
        }
    }

    @Override
    public double atMost(Pool pool, int row) {
        return of(pool, row);
    }

    @Override
    public double of(Pool pool, int row) {
        double left = pool.memory[row];
        double log = left > NOTHING ? Math.log(left) : LOG_NOTHING;
        return (1 - diversity) * pool.relevance(row) + diversity * log;
    }

    @Override
    public void chosen(Pool pool, int row, int before) {
        double[] rows = pool.rows;
        int width = rows.length / pool.size();
        double left = pool.memory[row];
        double root = Math.sqrt(Math.max(left, NOTHING));
        for (int other = 0; other < pool.size(); other++) {
            if (!pool.isOpen(other)) {
                continue;
            }
            double rest = left > NOTHING ? pool.likeness(other, row) : 0;
            for (int k = 0; left > NOTHING && k < before; k++) {
                rest -= rows[row * width + k] * rows[other * width + k];
            }
            rows[other * width + before] = rest / root;
            pool.memory[other] -= rest / root * (rest / root);
        }
    }
}
