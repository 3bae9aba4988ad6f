package dev.milvuso.trainer.online;

import dev.milvuso.config.OnlineConfig;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.sampling.NegativeSampler;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Learns one example after the other, drops repeats, and knows which rows it has moved. For one thread. */
public final class OnlineCore {
    private final FactorModel model;
    private final Learner learner;
    private final NegativeSampler sampler;
    private final RecentIds recent;
    private final float rate;
    private final BitSet touchedUsers = new BitSet();
    private final BitSet touchedItems = new BitSet();
    private final Map<Integer, Long> acceptedAt = new HashMap<>();
    private long applied;
    private long steps;
    private double loss = Math.log(2);

    /** @param dimension numbers of a row, bias included */
    public OnlineCore(OnlineConfig config, int dimension, long seed) {
        Optimizer optimizer = Optimizer.named(config.optimizer());
        double ratio = config.negativeSamplingRatio();
        model = FactorModel.empty(dimension, optimizer, seed);
        learner = new Learner(model, optimizer, config.regularization(), Learner.intercept(ratio));
        sampler = new NegativeSampler(ratio, new SplittableRandom(seed));
        recent = new RecentIds(config.rememberedExamples());
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
            learn(row, model.items().findOrAdd(item), label, weight);
            acceptedAt.merge(row, accepted, Math::max);
        }
        return true;
    }

    private void learn(int user, int item, int label, float weight) {
        step(user, item, label, weight);
        int items = model.items().size();
        if (label == 0 || items < 2) {
            return;
        }
        int negatives = sampler.count();
        for (int n = 0; n < negatives; n++) {
            step(user, sampler.draw(items, item), 0, weight);
        }
    }

    private void step(int user, int item, int label, float weight) {
        double value = learner.step(user, item, label, weight, rate);
        touchedUsers.set(user);
        touchedItems.set(item);
        steps++;
        if (Double.isFinite(value)) {
            loss += 0.001 * (value - loss);
        }
    }

    /** Takes a row that has been moved. */
    interface Touched {
        /** @param accepted when the newest action in it was accepted, in milliseconds since 1970; 0 if there is none */
        void row(int row, long accepted);
    }

    /** Hands over the rows that have been moved since the last call. */
    void drain(Touched users, Touched items) {
        touchedUsers.stream().forEach(row -> users.row(row, acceptedAt.getOrDefault(row, 0L)));
        touchedItems.stream().forEach(row -> items.row(row, 0));
        touchedUsers.clear();
        touchedItems.clear();
        acceptedAt.clear();
    }

    /** From now on every row counts as moved. */
    void touchAll() {
        touchedUsers.set(0, model.users().size());
        touchedItems.set(0, model.items().size());
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
    }

    /** Into a core that has learnt nothing yet. */
    void read(DataInput in) throws IOException {
        applied = in.readLong();
        steps = in.readLong();
        loss = in.readDouble();
        model.users().read(in);
        model.items().read(in);
        recent.read(in);
    }
}
