package dev.milvuso.trainer.model;

import dev.milvuso.trainer.loss.Group;
import dev.milvuso.trainer.loss.LogisticLoss;
import dev.milvuso.trainer.loss.Loss;
import dev.milvuso.trainer.loss.Tally;
import dev.milvuso.trainer.math.Pull;
import dev.milvuso.trainer.math.VectorMath;
import dev.milvuso.trainer.optimizer.Clipping;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.optimizer.Sgd;
import dev.milvuso.trainer.parameter.Rows;
import dev.milvuso.vector.Metric;
import java.util.Arrays;

/** Takes gradient steps on a model, with its own scratch space: one learner for each thread. */
public final class Learner {
    private static final VectorMath MATH = VectorMath.BEST;

    private final FactorModel model;
    private final Rows users;
    private final Rows items;
    private final Optimizer optimizer;
    private final Optimizer userOptimizer;
    private final float userRate;
    private final Loss loss;
    private final Penalty penalty;
    private final Clipping clipping;
    private final boolean biases;
    private final SharedNumbers shared;
    private final boolean userBiases;
    private final boolean plain;
    private final Geometry geometry;
    private final int dimension;
    private final int itemLength;
    private final boolean onePass;
    private final boolean allAtOnce;
    private final float[] user;
    private final float[] userGradient;
    private final Pull atItem;
    private final Pull atUser;
    private final Group group = new Group();
    private int[] taken = new int[1];
    private float[] slopes = new float[1];
    private float[] l2 = new float[1];
    private float[] sums = new float[8];

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

    /** A learner that keeps the intercept as it is. */
    public Learner(
            FactorModel model,
            Optimizer optimizer,
            Loss loss,
            Penalty penalty,
            Clipping clipping,
            boolean biases,
            double intercept) {
        this(model, optimizer, loss, penalty, clipping, biases, fixed(model.scoring(), intercept));
    }

    private static SharedNumbers fixed(Scoring scoring, double intercept) {
        return new SharedNumbers(scoring.with(intercept, scoring.scale()), false, false);
    }

    /**
     * @param biases whether the last number of an item is learnt
     * @param shared its bias is added to every score while learning, so that a new item's bias of 0 means an average
     *     item; it does not change the order. Moved with every step.
     */
    public Learner(
            FactorModel model,
            Optimizer optimizer,
            Loss loss,
            Penalty penalty,
            Clipping clipping,
            boolean biases,
            SharedNumbers shared) {
        this(model, model.items().rows(), optimizer, optimizer, 1, loss, penalty, clipping, biases, shared);
    }

    private Learner(
            FactorModel model,
            Rows items,
            Optimizer optimizer,
            Optimizer userOptimizer,
            double userRate,
            Loss loss,
            Penalty penalty,
            Clipping clipping,
            boolean biases,
            SharedNumbers shared) {
        this.model = model;
        this.users = model.users().rows();
        this.items = items;
        this.optimizer = optimizer;
        this.userOptimizer = userOptimizer;
        this.userRate = (float) userRate;
        this.loss = loss;
        this.penalty = penalty;
        this.clipping = clipping;
        this.biases = biases;
        this.shared = shared;
        this.userBiases = model.scoring().userBiases();
        this.plain = model.scoring().metric() == Metric.INNER_PRODUCT;
        this.geometry = new Geometry(model.scoring().metric());
        this.dimension = model.users().dimension();
        this.itemLength = biases ? dimension : dimension - 1;
        // Where nobody else touches the gradient, it need not be written down.
        this.onePass = clipping.isNone() && (!userBiases || optimizer instanceof Sgd);
        this.allAtOnce = onePass && !userBiases && penalty.maxNorm() == 0;
        this.user = new float[dimension];
        this.userGradient = new float[dimension];
        float[] gradient = new float[dimension];
        this.atItem = new Pull(user, userGradient, gradient);
        // What the user's row pulls back with goes nowhere.
        this.atUser = new Pull(userGradient, new float[dimension], gradient);
    }

    /**
     * A learner of the same model, and the same shared numbers, that moves users in another way than items.
     *
     * @param optimizer of users' rows; the model must have been made with it
     * @param rate what the rate of a step is multiplied by for the user's row, 0 or more
     */
    public Learner withUsers(Optimizer optimizer, double rate) {
        return new Learner(model, items, this.optimizer, optimizer, rate, loss, penalty, clipping, biases, shared);
    }

    /** The numbers that all rows share, as this learner has moved them. */
    public SharedNumbers.State shared() {
        return shared.state();
    }

    /** Goes on with the shared numbers as another learner has moved them. */
    public void share(SharedNumbers.State state) {
        shared.restore(state);
    }

    /** A learner of the same model, and the same shared numbers, that is told in another way what is wrong. */
    public Learner withLoss(Loss other) {
        return new Learner(model, items, optimizer, userOptimizer, userRate, other, penalty, clipping, biases, shared);
    }

    /**
     * A learner of the same users, and the same shared numbers, that finds and moves items elsewhere.
     *
     * @param elsewhere rows of items, of the shape of the model's
     * @param places penalty of rows by their number there
     */
    public Learner withItems(Rows elsewhere, Penalty places) {
        return new Learner(
                model, elsewhere, optimizer, userOptimizer, userRate, loss, places, clipping, biases, shared);
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
        begin(1, label)[0] = item;
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
        int[] rows = begin(1 + count);
        rows[0] = positive;
        System.arraycopy(negatives, 0, rows, 1, count);
        return step(user, weight, rate);
    }

    /**
     * The loss of a positive, or what else the label says, and its negatives; nothing moves.
     *
     * @param negatives rows of items, of which the first {@code count} are taken
     */
    public double loss(int user, int positive, float label, int[] negatives, int count) {
        begin(1 + count, label)[0] = positive;
        System.arraycopy(negatives, 0, taken, 1, count);
        score(user);
        return loss.slopes(group) / group.size();
    }

    /** To be filled before a step with what {@link #begin} has begun, where the loss corrects by them. */
    public float[] logProbabilities() {
        return group.logProbabilities();
    }

    /**
     * Begins a group of a positive and its negatives.
     *
     * @param size of the group, at least 1
     * @return to be filled with the rows of its items, the positive's first, before {@link #step(int, float, float)};
     *     shape [size or more]
     */
    public int[] begin(int size) {
        return begin(size, 1);
    }

    /** The same with another label than 1 for the first of them. */
    public int[] begin(int size, float label) {
        if (size > taken.length) {
            taken = new int[size];
            slopes = new float[size];
            l2 = new float[size];
            sums = new float[8 * size];
        }
        group.begin(size, label, model.items().size());
        return taken;
    }

    /** One step as of a user against a positive and its negatives, which {@link #begin} has taken. */
    public double step(int userRow, float weight, float rate) {
        Tally lost = new Tally();
        step(userRow, weight, rate, lost);
        return lost.isFinite() ? weight * lost.total() / group.size() : Double.NaN;
    }

    /** The same, with the group's loss, whatever its weight, added to others; nothing moves if one is not finite. */
    public void step(int userRow, float weight, float rate, Tally lost) {
        touch(userRow);
        score(userRow);
        loss.slopes(group, lost);
        if (!lost.isFinite()) {
            return;
        }
        if (shared.isLearnt()) {
            shared.move(group, weight);
        }
        float alongUser = plain ? 0 : geometry.turn(group, shared.scale());
        for (int i = 0; i < group.size(); i++) {
            slopes[i] = weight * group.slopes()[i];
            l2[i] = penalty.ofItem(taken[i]) + (plain ? 0 : weight * geometry.shrinking(i));
        }
        if (allAtOnce) {
            optimizer.steps(items, taken, group.size(), atItem, slopes, l2, itemLength, rate);
        } else {
            Arrays.fill(userGradient, 0);
            for (int i = 0; i < group.size(); i++) {
                moveItem(taken[i], slopes[i], l2[i], rate);
            }
        }
        moveUser(userRow, weight * alongUser, rate * userRate);
    }

    /** All rows of the group at once, where they come from memory. */
    private void touch(int userRow) {
        if (items.isLarge()) {
            float sum = users.touch(userRow);
            for (int i = 0; i < group.size(); i++) {
                sum += items.touch(taken[i]);
            }
            touched = sum;
        }
    }

    /** From a copy of the user's row, so that every item sees the same one. */
    private void score(int userRow) {
        System.arraycopy(users.chunk(userRow), users.offset(userRow), user, 0, dimension);
        float[] scores = group.scores();
        MATH.dots(user, items, taken, group.size(), sums, scores, dimension);
        if (!plain) {
            bend(scores);
        } else if (shared.bias() != 0) {
            for (int i = 0; i < group.size(); i++) {
                scores[i] += shared.bias();
            }
        }
    }

    /** Makes scores of inner products those of the metric. */
    private void bend(float[] scores) {
        geometry.begin(group.size(), MATH.dot(user, 0, user, 0, dimension));
        for (int i = 0; i < group.size(); i++) {
            float[] v = items.chunk(taken[i]);
            int offset = items.offset(taken[i]);
            float squares = MATH.dot(v, offset, v, offset, dimension);
            scores[i] = shared.bias() + shared.scale() * geometry.item(i, scores[i], squares);
        }
    }

    /**
     * Adds to the user's gradient, and moves the item's row.
     *
     * @param l2 and the row's slope along itself
     */
    private void moveItem(int row, float slope, float l2, float rate) {
        float[] v = items.chunk(row);
        int offset = items.offset(row);
        Pull pull = atItem.by(slope, l2);
        int stateOffset = items.stateOffset(row);
        if (onePass) {
            optimizer.step(v, offset, pull, itemLength, v, stateOffset, rate);
        } else {
            float[] gradient = pull.gradient(v, offset, itemLength);
            if (userBiases) {
                gradient[dimension - 2] = 0;
            }
            clipping.clip(gradient, itemLength);
            optimizer.step(v, offset, gradient, itemLength, v, stateOffset, rate);
        }
        bound(v, offset, userBiases ? dimension - 2 : itemLength);
        if (userBiases) {
            // What stands against the user's bias stays 1.
            v[offset + dimension - 2] = 1;
        }
    }

    /**
     * Moves the copy of the row and writes it back: whole vectors of numbers, with a 0 where the row has the 1 that
     * stays and that nobody else must ever see as anything else.
     */
    private void moveUser(int row, float along, float rate) {
        float[] u = users.chunk(row);
        int offset = users.offset(row);
        int learned = dimension - 1;
        user[learned] = 0;
        userGradient[learned] = 0;
        Pull pull = atUser.by(1, group.size() * penalty.ofUser(row) + along);
        int stateOffset = users.stateOffset(row);
        if (clipping.isNone()) {
            userOptimizer.step(user, 0, pull, dimension, u, stateOffset, rate);
        } else {
            float[] gradient = pull.gradient(user, 0, dimension);
            clipping.clip(gradient, dimension);
            userOptimizer.step(user, 0, gradient, dimension, u, stateOffset, rate);
        }
        bound(user, 0, userBiases ? dimension - 2 : learned);
        System.arraycopy(user, 0, u, offset, learned);
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
