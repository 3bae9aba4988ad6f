package dev.milvuso.trainer.online;

import dev.milvuso.config.OnlineConfig;
import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.initializer.XavierInitializer;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.parameter.ParameterTable;
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
    private double lastLoss = Double.NaN;

    /** @param dimension numbers of a row, bias included */
    public OnlineCore(OnlineConfig config, int dimension, long seed) {
        Optimizer optimizer = Optimizer.named(config.optimizer());
        double ratio = config.negativeSamplingRatio();
        model = FactorModel.empty(dimension, optimizer, seed, USER_GAIN);
        learner = new Learner(model, optimizer, config.regularization(), Learner.intercept(ratio));
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
            lastLoss = learner.step(user, item, 0, weight, rate);
            count(1, lastLoss);
            return;
        }
        lastLoss = learnPositive(user, item, weight, rate);
        rehearsal.draw(rehearsals, random, (u, i, w) -> learnPositive(u, i, w, rate));
        rehearsal.add(user, item, weight);
    }

    private double learnPositive(int user, int item, float weight, float pace) {
        int known = model.items().size();
        int count = known < 2 ? 0 : sampler.count();
        for (int n = 0; n < count; n++) {
            negatives[n] = sampler.draw(known, item);
            items.inPassing(negatives[n]);
        }
        users.inPassing(user);
        items.inPassing(item);
        double taken = learner.step(user, item, negatives, count, weight, pace);
        count(1 + count, taken);
        return taken;
    }

    private void count(int taken, double meanLoss) {
        steps += taken;
        if (Double.isFinite(meanLoss)) {
            loss += Math.min(1, 0.001 * taken) * (meanLoss - loss);
        }
    }

    /**
     * Takes over a model that was trained from files, into a core that has learnt nothing yet. What it was trained on
     * is stepped through once at rate 0, so that the optimizer knows how much each row has learned already and does not
     * begin with steps of a new row; the latest of it is rehearsed.
     *
     * @throws IllegalArgumentException if its rows have another length
     */
    void adopt(TrainedModel trained) {
        copy(trained.factors().users(), model.users());
        copy(trained.factors().items(), model.items());
        Histories histories = trained.histories();
        for (int user = 0; user < histories.users(); user++) {
            for (int i = histories.offsets()[user]; i < histories.offsets()[user + 1]; i++) {
                learnPositive(user, histories.items()[i], 1, 0);
                rehearsal.add(user, histories.items()[i], 1);
            }
        }
    }

    private static void copy(ParameterTable from, ParameterTable to) {
        if (from.dimension() != to.dimension()) {
            throw new IllegalArgumentException("its rows have " + from.dimension()
                    + " numbers, recommendation.embedding_dim is " + to.dimension());
        }
        for (int row = 0; row < from.size(); row++) {
            int added = to.findOrAdd(from.id(row));
            System.arraycopy(from.chunk(row), from.offset(row), to.chunk(added), to.offset(added), to.dimension());
        }
    }

    /**
     * Goes on counting where another one was that it replaces.
     *
     * @param further examples that it has taken and the other has not
     */
    void countOn(OnlineCore replaced, long further) {
        applied = replaced.applied + further;
        steps += Math.max(0, replaced.steps - steps);
        loss = replaced.loss;
    }

    /** What a row of a kind begins with. */
    static XavierInitializer initializer(Kind kind, long seed) {
        return new XavierInitializer(seed, kind == Kind.USER ? USER_GAIN : 1);
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

    /** Of the latest example, before it was learnt from; NaN before the first and if it diverged. */
    double lastLoss() {
        return lastLoss;
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
