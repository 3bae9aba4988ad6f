package dev.milvuso.trainer.model;

import dev.milvuso.trainer.loss.LogisticLoss;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.parameter.ParameterTable;

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
            userGradient[i] = slope * v[vo + i] + regularization * u[uo + i];
            itemGradient[i] = slope * u[uo + i] + regularization * v[vo + i];
        }
        // The user's last number stays 1.
        optimizer.step(u, uo, userGradient, d - 1, users.stateChunk(user), users.stateOffset(user), rate);
        optimizer.step(v, vo, itemGradient, d, items.stateChunk(item), items.stateOffset(item), rate);
        return weight * LogisticLoss.value(p, label);
    }
}
