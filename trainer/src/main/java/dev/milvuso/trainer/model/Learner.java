package dev.milvuso.trainer.model;

import dev.milvuso.trainer.loss.Group;
import dev.milvuso.trainer.loss.LogisticLoss;
import dev.milvuso.trainer.loss.Loss;
import dev.milvuso.trainer.math.VectorMath;
import dev.milvuso.trainer.optimizer.Clipping;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.optimizer.Sgd;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.Arrays;

/** Takes gradient steps on a model, with its own scratch space: one learner for each thread. */
public final class Learner {
    private static final VectorMath MATH = VectorMath.BEST;

    private final FactorModel model;
    private final Optimizer optimizer;
    private final Optimizer userOptimizer;
    private final float userRate;
    private final Loss loss;
    private final Penalty penalty;
    private final Clipping clipping;
    private final boolean biases;
    private final float intercept;
    private final int dimension;
    private final int itemLength;
    private final boolean fused;
    private final float[] user;
    private final float[] userGradient;
    private final float[] itemGradient;
    private final Group group = new Group();
    private int[] items = new int[1];

    /** Means nothing: what is read must go somewhere. */
    @SuppressWarnings("UnusedVariable")
    private float touched;

    /** A learner of the logistic loss. */
    public Learner(FactorModel model, Optimizer optimizer, double regularization, double intercept) {
        this(model, optimizer, new LogisticLoss(), regularization, intercept);
    }

    /** A learner that bounds no gradient, of items with biases. */
    public Learner(FactorModel model, Optimizer optimizer, Loss loss, double regularization, double intercept) {
        this(model, optimizer, loss, Penalty.l2(regularization), Clipping.NONE, true, intercept);
    }

    /**
     * @param biases whether the last number of an item is learnt
     * @param intercept added to every score while learning, so that a new item's bias of 0 means an average item; it
     *     does not change the order
     */
    public Learner(
            FactorModel model,
            Optimizer optimizer,
            Loss loss,
            Penalty penalty,
            Clipping clipping,
            boolean biases,
            double intercept) {
        this(model, optimizer, optimizer, 1, loss, penalty, clipping, biases, intercept);
    }

    private Learner(
            FactorModel model,
            Optimizer optimizer,
            Optimizer userOptimizer,
            double userRate,
            Loss loss,
            Penalty penalty,
            Clipping clipping,
            boolean biases,
            double intercept) {
        this.model = model;
        this.optimizer = optimizer;
        this.userOptimizer = userOptimizer;
        this.userRate = (float) userRate;
        this.loss = loss;
        this.penalty = penalty;
        this.clipping = clipping;
        this.biases = biases;
        this.intercept = (float) intercept;
        this.dimension = model.users().dimension();
        this.itemLength = biases ? dimension : dimension - 1;
        // Plain descent needs no gradient of its own: row and gradient move in one pass.
        this.fused = optimizer instanceof Sgd && clipping.isNone();
        this.user = new float[dimension];
        this.userGradient = new float[dimension];
        this.itemGradient = new float[dimension];
    }

    /**
     * A learner of the same model that moves users in another way than items.
     *
     * @param optimizer of users' rows; the model must have been made with it
     * @param rate what the rate of a step is multiplied by for the user's row, 0 or more
     */
    public Learner withUsers(Optimizer optimizer, double rate) {
        return new Learner(model, this.optimizer, optimizer, rate, loss, penalty, clipping, biases, intercept);
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

    /**
     * The loss of a positive and its negatives; nothing moves.
     *
     * @param negatives rows of items, of which the first {@code count} are taken
     */
    public double loss(int user, int positive, int[] negatives, int count) {
        int[] taken = begin(1 + count);
        taken[0] = positive;
        System.arraycopy(negatives, 0, taken, 1, count);
        score(user);
        return loss.slopes(group) / group.size();
    }

    /** To be filled before a step with so many negatives, the positive's first, where the loss corrects by them. */
    public float[] logProbabilities(int negatives) {
        begin(1 + negatives);
        return group.logProbabilities();
    }

    private int[] begin(int size) {
        if (size > items.length) {
            items = new int[size];
        }
        group.begin(size, model.items().size());
        return items;
    }

    private double step(int userRow, float weight, float rate) {
        touch(userRow);
        score(userRow);
        double value = loss.slopes(group);
        if (!Double.isFinite(value)) {
            return Double.NaN;
        }
        Arrays.fill(userGradient, 0);
        for (int i = 0; i < group.size(); i++) {
            moveItem(items[i], weight * group.slopes()[i], rate);
        }
        moveUser(userRow, rate * userRate);
        return weight * value / group.size();
    }

    /** All rows of the group at once, where they come from memory. */
    private void touch(int userRow) {
        if (model.items().isLarge()) {
            float sum = model.users().touch(userRow);
            for (int i = 0; i < group.size(); i++) {
                sum += model.items().touch(items[i]);
            }
            touched = sum;
        }
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
        float l2 = penalty.ofItem(row);
        if (fused) {
            MATH.step(v, offset, user, userGradient, slope, 1 - rate * l2, -rate * slope, itemLength);
        } else {
            for (int i = 0; i < itemLength; i++) {
                userGradient[i] += slope * v[offset + i];
                itemGradient[i] = slope * user[i] + l2 * v[offset + i];
            }
            clipping.clip(itemGradient, itemLength);
            optimizer.step(v, offset, itemGradient, itemLength, table.stateChunk(row), table.stateOffset(row), rate);
        }
        bound(v, offset, itemLength);
    }

    private void moveUser(int row, float rate) {
        ParameterTable users = model.users();
        float[] u = users.chunk(row);
        int offset = users.offset(row);
        // The user's last number stays 1.
        int learned = dimension - 1;
        float l2 = group.size() * penalty.ofUser(row);
        if (userOptimizer instanceof Sgd && clipping.isNone()) {
            MATH.move(u, offset, userGradient, 1 - rate * l2, -rate, learned);
        } else {
            for (int i = 0; i < learned; i++) {
                userGradient[i] += l2 * user[i];
            }
            clipping.clip(userGradient, learned);
            userOptimizer.step(u, offset, userGradient, learned, users.stateChunk(row), users.stateOffset(row), rate);
        }
        bound(u, offset, learned);
    }

    private void bound(float[] row, int offset, int length) {
        float most = penalty.maxNorm();
        if (most > 0) {
            float squares = MATH.dot(row, offset, row, offset, length);
            if (squares > most * most) {
                float scale = most / (float) Math.sqrt(squares);
                for (int i = 0; i < length; i++) {
                    row[offset + i] *= scale;
                }
            }
        }
    }
}
