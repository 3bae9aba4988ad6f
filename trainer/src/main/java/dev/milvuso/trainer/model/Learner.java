package dev.milvuso.trainer.model;

import dev.milvuso.trainer.loss.LogisticLoss;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.Arrays;

/** Takes gradient steps on a model, with its own scratch space: one learner for each thread. */
public final class Learner {
    private final FactorModel model;
    private final Optimizer optimizer;
    private final float regularization;
    private final float intercept;
    private final float[] userGradient;
    private final float[] itemGradient;

    /**
     * @param intercept added to every score while learning, so that a new item's bias of 0 means an average item; it
     *     does not change the order
     */
    public Learner(FactorModel model, Optimizer optimizer, double regularization, double intercept) {
        this.model = model;
        this.optimizer = optimizer;
        this.regularization = (float) regularization;
        this.intercept = (float) intercept;
        this.userGradient = new float[model.users().dimension()];
        this.itemGradient = new float[model.users().dimension()];
    }

    /** The log odds of a positive among so many negatives. */
    public static double intercept(double negativeRatio) {
        return -Math.log(Math.max(1, negativeRatio));
    }

    /**
     * One step of both rows; both gradients are taken before either row moves. Returns the loss before it, NaN if
     * diverged.
     */
    public double step(int user, int item, float label, float weight, float rate) {
        Arrays.fill(userGradient, 0);
        double loss = moveItem(user, item, label, weight, rate);
        moveUser(user, rate);
        return loss;
    }

    /**
     * One step of the user's row against a positive and its negatives together, and one of each item's row, all from
     * the user's row as it was: a new user's first like is not undone by a negative that happens to be like it. Returns
     * the mean loss before it, NaN if diverged.
     *
     * @param negatives rows of items, of which the first {@code count} are taken
     */
    public double step(int user, int positive, int[] negatives, int count, float weight, float rate) {
        Arrays.fill(userGradient, 0);
        double loss = moveItem(user, positive, 1, weight, rate);
        for (int n = 0; n < count; n++) {
            loss += moveItem(user, negatives[n], 0, weight, rate);
        }
        moveUser(user, rate);
        return loss / (1 + count);
    }

    /** Adds to the user's gradient, and moves the item's row. */
    private double moveItem(int user, int item, float label, float weight, float rate) {
        ParameterTable users = model.users();
        ParameterTable items = model.items();
        float[] u = users.chunk(user);
        float[] v = items.chunk(item);
        int uo = users.offset(user);
        int vo = items.offset(item);
        int d = users.dimension();
        float p = LogisticLoss.probability(FactorModel.dot(u, uo, v, vo, d) + intercept);
        if (!Float.isFinite(p)) {
            return Double.NaN;
        }
        float slope = weight * LogisticLoss.slope(p, label);
        for (int i = 0; i < d; i++) {
            userGradient[i] += slope * v[vo + i] + regularization * u[uo + i];
            itemGradient[i] = slope * u[uo + i] + regularization * v[vo + i];
        }
        optimizer.step(v, vo, itemGradient, d, items.stateChunk(item), items.stateOffset(item), rate);
        return weight * LogisticLoss.value(p, label);
    }

    private void moveUser(int user, float rate) {
        ParameterTable users = model.users();
        // The user's last number stays 1.
        int learned = users.dimension() - 1;
        optimizer.step(
                users.chunk(user),
                users.offset(user),
                userGradient,
                learned,
                users.stateChunk(user),
                users.stateOffset(user),
                rate);
    }
}
