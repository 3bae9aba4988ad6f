package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.model.SharedNumbers;
import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.trainer.sampling.UniformSampler;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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
    private SharedNumbers.State bestShared = new SharedNumbers.State(0, 1, 1, 1);

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
            bestShared = plan.shared().state();
            return false;
        }
        worse++;
        return isOver();
    }

    /** Whether the model has not become better for too long. */
    boolean isOver() {
        return worse >= patience;
    }

    /** Puts the rows of the best epoch back. */
    void restore(TrainingPlan plan) {
        if (!bestRows.isEmpty()) {
            plan.shared().restore(bestShared);
        }
        FactorModel model = plan.model();
        int next = 0;
        for (ParameterTable table : List.of(model.users(), model.items())) {
            for (int row = 0; row < table.size() && next < bestRows.size(); row++) {
                System.arraycopy(bestRows.get(next++), 0, table.chunk(row), table.offset(row), table.dimension());
            }
        }
    }

    /** Writes what is known of the best epoch. */
    void write(DataOutput out) throws IOException {
        out.writeDouble(best);
        out.writeInt(worse);
        Checkpoint.write(bestShared, out);
        out.writeInt(bestRows.size());
        for (float[] row : bestRows) {
            for (float number : row) {
                out.writeFloat(number);
            }
        }
    }

    void read(DataInput in, int dimension) throws IOException {
        best = in.readDouble();
        worse = in.readInt();
        bestShared = Checkpoint.state(in);
        int rows = in.readInt();
        bestRows = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            float[] numbers = new float[dimension];
            for (int i = 0; i < dimension; i++) {
                numbers[i] = in.readFloat();
            }
            bestRows.add(numbers);
        }
    }

    private double loss(TrainingPlan plan) {
        Learner learner = plan.learner();
        PositivePairs data = plan.data();
        UniformSampler sampler = new UniformSampler(plan.model().items().size(), new SplittableRandom(seed));
        int count = data.isRated() ? 0 : Math.max(1, (int) plan.config().negativeSamplingRatio());
        int[] negatives = new int[count];
        double sum = 0;
        for (int pair = 0; pair < data.size(); pair++) {
            if (holds(pair)) {
                int user = data.user(pair);
                int item = data.item(pair);
                for (int n = 0; n < count; n++) {
                    negatives[n] = sampler.draw(user, item);
                }
                float label = data.isRated() ? data.rating(pair) : 1;
                sum += learner.loss(user, item, label, negatives, count);
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
