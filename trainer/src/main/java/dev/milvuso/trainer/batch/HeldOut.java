package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.trainer.sampling.UniformSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Pairs that are not learnt from but watched: their loss against negatives that stay the same tells when to stop, and
 * the rows of the best epoch are kept (Prechelt, "Early stopping — but when?", 1998).
 */
final class HeldOut {
    private static final long SALT = 0x5851f42d4c957f2dL;

    private final long seed;
    private final double share;
    private final int patience;
    private double best = Double.POSITIVE_INFINITY;
    private int worse;
    private List<float[]> bestRows = List.of();

    /** @param share of the pairs, 0 for none */
    HeldOut(long seed, double share, int patience) {
        this.seed = seed;
        this.share = share;
        this.patience = patience;
    }

    /** Whether the pair is kept apart; always the same pairs of a seed. */
    boolean holds(int pair) {
        return share > 0 && new SplittableRandom(seed ^ (SALT * (pair + 1L))).nextDouble() < share;
    }

    /** A small share of few pairs may be none. */
    private boolean holdsAny(int pairs) {
        return share > 0 && IntStream.range(0, pairs).anyMatch(this::holds);
    }

    /** Looks at the model after an epoch, and returns whether it has not become better for too long. */
    boolean ends(TrainingPlan plan) {
        if (!holdsAny(plan.data().size())) {
            return false;
        }
        double loss = loss(plan);
        if (loss < best) {
            best = loss;
            worse = 0;
            bestRows = copy(plan.model());
            return false;
        }
        return ++worse >= patience;
    }

    /** Puts the rows of the best epoch back. */
    void restore(FactorModel model) {
        int next = 0;
        for (ParameterTable table : List.of(model.users(), model.items())) {
            for (int row = 0; row < table.size() && next < bestRows.size(); row++) {
                System.arraycopy(bestRows.get(next++), 0, table.chunk(row), table.offset(row), table.dimension());
            }
        }
    }

    private double loss(TrainingPlan plan) {
        Learner learner = plan.learner();
        UniformSampler sampler = new UniformSampler(plan.model().items().size(), new SplittableRandom(seed));
        int count = Math.max(1, (int) plan.config().negativeSamplingRatio());
        int[] negatives = new int[count];
        double sum = 0;
        for (int pair = 0; pair < plan.data().size(); pair++) {
            if (holds(pair)) {
                int user = plan.data().user(pair);
                int item = plan.data().item(pair);
                for (int n = 0; n < count; n++) {
                    negatives[n] = sampler.draw(user, item);
                }
                sum += learner.loss(user, item, negatives, count);
            }
        }
        return sum;
    }

    private static List<float[]> copy(FactorModel model) {
        List<float[]> rows = new ArrayList<>();
        for (ParameterTable table : List.of(model.users(), model.items())) {
            for (int row = 0; row < table.size(); row++) {
                rows.add(table.vector(row));
            }
        }
        return rows;
    }
}
