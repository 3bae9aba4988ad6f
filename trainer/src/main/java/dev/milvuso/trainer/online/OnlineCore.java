package dev.milvuso.trainer.online;

import dev.milvuso.config.OnlineConfig;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.sampling.NegativeSampler;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Learns one example after the other, drops repeats, and knows which rows it has moved. For one thread. */
public final class OnlineCore {
    private static final double USER_GAIN = 0.1;

    private final FactorModel model;
    private final Learner learner;
    private final Learner rehearsing;
    private final NegativeSampler sampler;
    private final SplittableRandom random;
    private final RecentIds recent;
    private final Rehearsal rehearsal;
    private final int rehearsals;
    private final int[] negatives;
    private final float rate;
    private final Moved users = new Moved();
    private final Moved items = new Moved();
    private final Map<Integer, Long> acceptedAt = new HashMap<>();
    private long applied;
    private long steps;
    private double loss = Math.log(2);

    /** @param dimension numbers of a row, bias included */
    public OnlineCore(OnlineConfig config, int dimension, long seed) {
        Optimizer optimizer = Optimizer.named(config.optimizer());
        double ratio = config.negativeSamplingRatio();
        Optimizer userOptimizer = Optimizer.named(config.userOptimizer());
        model = FactorModel.empty(dimension, userOptimizer, optimizer, seed, USER_GAIN);
        Learner alike = new Learner(model, optimizer, config.regularization(), Learner.intercept(ratio));
        double userRate = config.userLearningRate() / config.learningRate();
        learner = alike.withUsers(userOptimizer, userRate);
        rehearsing = alike.withUsers(userOptimizer, userRate * config.rehearsedUserRate());
        negatives = new int[(int) Math.ceil(ratio)];
        random = new SplittableRandom(seed);
        sampler = new NegativeSampler(ratio, random);
        recent = new RecentIds(config.rememberedExamples());
        rehearsal = new Rehearsal(config.rehearsalExamples());
        rehearsals = config.rehearsals();
        rate = (float) config.learningRate();
    }

    /**
     * Learns an example unless its id was learnt before; a weight of 0 counts as applied and moves nothing.
     *
     * @param accepted when the server took the action, in milliseconds since 1970
     * @return whether it was new
     */
    public boolean apply(String exampleId, String user, String item, int label, float weight, long accepted) {
        if (!recent.add(exampleId)) {
            return false;
        }
        applied++;
        if (weight > 0) {
            int row = model.users().findOrAdd(user);
            int itemRow = model.items().findOrAdd(item);
            learn(row, itemRow, label, weight);
            users.byExample(row);
            items.byExample(itemRow);
            acceptedAt.merge(row, accepted, Math::max);
        }
        return true;
    }

    /** Whether the example's id is among those remembered. */
    boolean isKnown(String exampleId) {
        return recent.contains(exampleId);
    }

    private void learn(int user, int item, int label, float weight) {
        if (label == 0) {
            users.inPassing(user);
            items.inPassing(item);
            count(1, learner.step(user, item, 0, weight, rate));
            return;
        }
        learnPositive(learner, user, item, weight);
        rehearsal.draw(rehearsals, random, (u, i, w) -> learnPositive(rehearsing, u, i, w));
        rehearsal.add(user, item, weight);
    }

    private void learnPositive(Learner with, int user, int item, float weight) {
        int known = model.items().size();
        int count = known < 2 ? 0 : sampler.count();
        for (int n = 0; n < count; n++) {
            negatives[n] = sampler.draw(known, item);
            items.inPassing(negatives[n]);
        }
        users.inPassing(user);
        items.inPassing(item);
        count(1 + count, with.step(user, item, negatives, count, weight, rate));
    }

    private void count(int taken, double meanLoss) {
        steps += taken;
        if (Double.isFinite(meanLoss)) {
            loss += Math.min(1, 0.001 * taken) * (meanLoss - loss);
        }
    }

    /** Takes a row that has been moved. */
    interface Touched {
        /** @param accepted when the newest action in it was accepted, in milliseconds since 1970; 0 if there is none */
        void row(int row, long accepted);
    }

    /** Hands over the rows that new examples have moved since they were handed over last. */
    void drain(Touched userRows, Touched itemRows) {
        users.drain(row -> userRows.row(row, acceptedAt.getOrDefault(row, 0L)));
        items.drain(row -> itemRows.row(row, 0));
        acceptedAt.clear();
    }

    /**
     * Hands over the rows that have moved since they were handed over last only in passing: as negatives, in rehearsal.
     */
    void drainPassing(Touched userRows, Touched itemRows) {
        users.drainPassing(row -> userRows.row(row, 0));
        items.drainPassing(row -> itemRows.row(row, 0));
    }

    /** From now on every row counts as moved. */
    void touchAll() {
        users.all(model.users().size());
        items.all(model.items().size());
    }

    public FactorModel model() {
        return model;
    }

    /** Examples taken, repeats not counted. */
    public long applied() {
        return applied;
    }

    /** Gradient steps so far, those of sampled negatives included. */
    public long steps() {
        return steps;
    }

    /** Moving average over about a thousand steps. */
    public double loss() {
        return loss;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(applied);
        out.writeLong(steps);
        out.writeDouble(loss);
        model.users().write(out);
        model.items().write(out);
        recent.write(out);
        rehearsal.write(out);
    }

    /** Into a core that has learnt nothing yet. */
    void read(DataInput in) throws IOException {
        applied = in.readLong();
        steps = in.readLong();
        loss = in.readDouble();
        model.users().read(in);
        model.items().read(in);
        recent.read(in);
        rehearsal.read(in);
    }
}
