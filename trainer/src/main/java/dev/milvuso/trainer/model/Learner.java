package dev.milvuso.trainer.model;

import dev.milvuso.trainer.loss.Group;
import dev.milvuso.trainer.loss.LogisticLoss;
import dev.milvuso.trainer.loss.Loss;
import dev.milvuso.trainer.math.VectorMath;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.optimizer.Sgd;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.Arrays;

/** Takes gradient steps on a model, with its own scratch space: one learner for each thread. */
public final class Learner {
    private static final VectorMath MATH = VectorMath.BEST;

    private final FactorModel model;
    private final Optimizer optimizer;
    private final Loss loss;
    private final float regularization;
    private final float intercept;
    private final int dimension;
    private final float[] user;
    private final float[] userGradient;
    private final float[] itemGradient;
    private final Group group = new Group();
    private int[] items = new int[1];

    /** A learner of the logistic loss. */
    public Learner(FactorModel model, Optimizer optimizer, double regularization, double intercept) {
        this(model, optimizer, new LogisticLoss(), regularization, intercept);
    }

    /**
     * @param regularization L2, on both rows of every score
     * @param intercept added to every score while learning, so that a new item's bias of 0 means an average item; it
     *     does not change the order
     */
    public Learner(FactorModel model, Optimizer optimizer, Loss loss, double regularization, double intercept) {
        this.model = model;
        this.optimizer = optimizer;
        this.loss = loss;
        this.regularization = (float) regularization;
        this.intercept = (float) intercept;
        this.dimension = model.users().dimension();
        this.user = new float[dimension];
        this.userGradient = new float[dimension];
        this.itemGradient = new float[dimension];
    }

    /** The log odds of a positive among so many negatives. */
    public static double intercept(double negativeRatio) {
        return new LogisticLoss().intercept(negativeRatio);
    }

    /**
     * One step of both rows; both gradients are taken before either row moves. Returns the loss before it, NaN if
     * diverged.
     */
    public double step(int user, int item, float label, float weight, float rate) {
        begin(1)[0] = item;
        group.labels()[0] = label;
        return step(user, weight, rate);
    }

    /**
     * One step of the user's row against a positive and its negatives together, and one of each item's row, all from
     * the user's row as it was: a new user's first like is not undone by a negative that happens to be like it. Returns
     * the mean loss before it, NaN if diverged.
     *
     * @param negatives rows of items, of which the first {@code count} are taken
     */
    public double step(int user, int positive, int[] negatives, int count, float weight, float rate) {
        int[] taken = begin(1 + count);
        taken[0] = positive;
        System.arraycopy(negatives, 0, taken, 1, count);
        return step(user, weight, rate);
    }

    /** The group to be filled for the next step, where probabilities or labels are not those of a plain one. */
    private int[] begin(int size) {
        if (size > items.length) {
            items = new int[size];
        }
        group.begin(size, model.items().size());
        return items;
    }

    private double step(int userRow, float weight, float rate) {
        score(userRow);
        double value = loss.slopes(group);
        if (!Double.isFinite(value)) {
            return Double.NaN;
        }
        Arrays.fill(userGradient, 0);
        for (int i = 0; i < group.size(); i++) {
            moveItem(items[i], weight * group.slopes()[i], rate);
        }
        moveUser(userRow, rate);
        return weight * value / group.size();
    }

    /** From a copy of the user's row, so that every item sees the same one. */
    private void score(int userRow) {
        ParameterTable users = model.users();
        ParameterTable table = model.items();
        System.arraycopy(users.chunk(userRow), users.offset(userRow), user, 0, dimension);
        float[] scores = group.scores();
        for (int i = 0; i < group.size(); i++) {
            int row = items[i];
            scores[i] = intercept + MATH.dot(user, 0, table.chunk(row), table.offset(row), dimension);
        }
    }

    /** Adds to the user's gradient, and moves the item's row. */
    private void moveItem(int row, float slope, float rate) {
        ParameterTable table = model.items();
        float[] v = table.chunk(row);
        int offset = table.offset(row);
        if (optimizer instanceof Sgd) {
            MATH.step(v, offset, user, userGradient, slope, 1 - rate * regularization, -rate * slope, dimension);
            return;
        }
        for (int i = 0; i < dimension; i++) {
            userGradient[i] += slope * v[offset + i];
            itemGradient[i] = slope * user[i] + regularization * v[offset + i];
        }
        optimizer.step(v, offset, itemGradient, dimension, table.stateChunk(row), table.stateOffset(row), rate);
    }

    private void moveUser(int row, float rate) {
        ParameterTable users = model.users();
        // The user's last number stays 1.
        int learned = dimension - 1;
        float regularizations = group.size() * regularization;
        if (optimizer instanceof Sgd) {
            MATH.move(users.chunk(row), users.offset(row), userGradient, 1 - rate * regularizations, -rate, learned);
            return;
        }
        for (int i = 0; i < learned; i++) {
            userGradient[i] += regularizations * user[i];
        }
        optimizer.step(
                users.chunk(row),
                users.offset(row),
                userGradient,
                learned,
                users.stateChunk(row),
                users.stateOffset(row),
                rate);
    }
}
