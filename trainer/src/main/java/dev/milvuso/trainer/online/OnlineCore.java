package dev.milvuso.trainer.online;

import dev.milvuso.config.Config;
import dev.milvuso.config.OnlineConfig;
import dev.milvuso.config.TrainingConfig;
import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.initializer.Initializer;
import dev.milvuso.trainer.initializer.RowInitializer;
import dev.milvuso.trainer.initializer.SeededInitializer;
import dev.milvuso.trainer.loss.LogisticLoss;
import dev.milvuso.trainer.loss.Loss;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.model.Penalty;
import dev.milvuso.trainer.model.Scoring;
import dev.milvuso.trainer.model.SharedNumbers;
import dev.milvuso.trainer.optimizer.Clipping;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.trainer.parameter.Sightings;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** Learns one example after the other, drops repeats, and knows which rows it has moved. For one thread. */
public final class OnlineCore {
    private final FactorModel model;
    private final Learner learner;
    private final Learner rehearsing;
    private final Learner refusing;
    private final SharedNumbers shared;
    private final Negatives against;
    private final SplittableRandom random;
    private final RecentIds recent;
    private final Rehearsal rehearsal;
    private final int rehearsals;
    private final float rate;
    private final MovedRows moved;
    private final Sightings userSightings;
    private final Sightings itemSightings;
    private final Expiry expiry;
    private final CoreParts parts;
    private long applied;
    private long steps;
    private double loss = Math.log(2);
    private double lastLoss = Double.NaN;

    /** A core of the whole configuration. */
    public OnlineCore(Config config) {
        this(config.online(), config.training(), config.recommendation().embeddingDim());
    }

    /**
     * @param training says by what metric and with which biases, as for batch models
     * @param dimension numbers of a row, biases included
     */
    public OnlineCore(OnlineConfig config, TrainingConfig training, int dimension) {
        Loss kind = Loss.named(config.loss());
        Scoring scoring = Scoring.of(training, kind.intercept(config.negativeSamplingRatio()));
        Optimizer optimizer = Optimizer.named(config.optimizer());
        Optimizer userOptimizer = Optimizer.named(config.userOptimizer());
        model = FactorModel.empty(
                dimension,
                userOptimizer,
                optimizer,
                rows(config, config.userInitializerGain(), training.seed()),
                rows(config, config.initializerGain(), training.seed()),
                scoring);
        shared = SharedNumbers.of(training, scoring, false);
        Learner alike = new Learner(
                model,
                optimizer,
                kind,
                Penalty.bounded(config.regularization(), config.maxNorm()),
                new Clipping((float) config.clipValue(), (float) config.clipNorm()),
                !training.biases().equals("off"),
                shared);
        double userRate = config.userLearningRate() / config.learningRate();
        learner = alike.withUsers(userOptimizer, userRate);
        rehearsing = alike.withUsers(userOptimizer, userRate * config.rehearsedUserRate());
        refusing = learner.withLoss(new LogisticLoss());
        random = new SplittableRandom(training.seed());
        against = new Negatives(config, training.batchSize(), model, random);
        recent = new RecentIds(config.rememberedExamples());
        rehearsal = new Rehearsal(config.rehearsalExamples(), against);
        rehearsals = config.rehearsals();
        rate = (float) config.learningRate();
        SplittableRandom keys = new SplittableRandom();
        userSightings = new Sightings(config.rowAfterSightings(), keys.nextLong());
        itemSightings = new Sightings(config.rowAfterSightings(), keys.nextLong());
        moved = new MovedRows(model);
        expiry = new Expiry(model, config.rowExpiry(), config.maxRows());
        parts = new CoreParts(model, recent, rehearsal, userSightings, itemSightings);
    }

    private static RowInitializer rows(OnlineConfig config, double gain, long seed) {
        return new SeededInitializer(Initializer.named(config.initializer(), gain), seed);
    }

    /**
     * Learns an example unless its id was learnt before; a weight of 0 counts as applied and moves nothing, and so does
     * a user or an item that has not been seen often enough for a row.
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
            int row = row(Kind.USER, user);
            int itemRow = row(Kind.ITEM, item);
            if (row >= 0 && itemRow >= 0) {
                learn(row, itemRow, label, weight);
                moved.byExample(row, itemRow, accepted);
            }
            expiry.used(accepted, row, itemRow);
        }
        return true;
    }

    private int row(Kind kind, String id) {
        ParameterTable table = table(kind);
        int known = table.find(id);
        if (known >= 0 || !(kind == Kind.USER ? userSightings : itemSightings).seen(id)) {
            return known;
        }
        expiry.makeRoom(kind);
        return table.findOrAdd(id);
    }

    private ParameterTable table(Kind kind) {
        return kind == Kind.USER ? model.users() : model.items();
    }

    /** What drops rows that nobody uses. */
    Expiry expiry() {
        return expiry;
    }

    boolean has(Kind kind, String id) {
        return table(kind).find(id) >= 0;
    }

    /** Takes the ids of examples that are in what was adopted: should they come again, they are repeats. */
    void remember(List<String> exampleIds) {
        exampleIds.forEach(recent::add);
    }

    /** Whether the example's id is among those remembered. */
    boolean isKnown(String exampleId) {
        return recent.contains(exampleId);
    }

    private void learn(int user, int item, int label, float weight) {
        if (label == 0) {
            moved.movingUser(user);
            moved.movingItem(item);
            // A loss of pairs learns nothing from a negative alone.
            lastLoss = refusing.step(user, item, 0, weight, rate);
            count(1, lastLoss);
            return;
        }
        lastLoss = learnPositive(learner, user, item, weight, rate);
        rehearsal.draw(rehearsals, random, this::learnAgain);
        rehearsal.add(user, item, weight, generations(user, item));
    }

    private int generations(int user, int item) {
        return (model.users().generation(user) << Short.SIZE) | (model.items().generation(item) & 0xffff);
    }

    /** Unless one of the rows belongs to another id by now. */
    private void learnAgain(int user, int item, float weight, int generations) {
        if (!expiry.anyGone() || generations(user, item) == generations) {
            learnPositive(rehearsing, user, item, weight, rate);
        }
    }

    private double learnPositive(Learner with, int user, int item, float weight, float pace) {
        int known = model.items().size();
        int drawn = against.count();
        int[] group = with.begin(1 + drawn);
        group[0] = item;
        int size = 1;
        for (int n = 0; n < drawn; n++) {
            int negative = against.draw(user, item);
            if (model.items().live() == known || model.items().isLive(negative)) {
                group[size++] = negative;
                moved.movingItem(negative);
            }
        }
        moved.movingUser(user);
        moved.movingItem(item);
        double taken = step(with, user, size, weight, pace);
        against.learnt(item);
        count(size, taken);
        return taken;
    }

    /** @param size how many of the group that has begun have been filled */
    private double step(Learner with, int user, int size, float weight, float pace) {
        int[] group = with.begin(size);
        if (against.corrects()) {
            for (int i = 0; i < size; i++) {
                with.logProbabilities()[i] = against.logProbability(group[i]);
            }
        }
        return with.step(user, weight, pace);
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
     * @param now when its rows count as used last, in milliseconds since 1970
     * @throws IllegalArgumentException if its rows have another length, or are not compared as here
     */
    void adopt(TrainedModel trained, long now) {
        expiry.at(now);
        Adoption adoption = new Adoption(trained);
        adoption.copyTo(model, Expiry.ticks(now));
        adoption.pairs((user, item) -> {
            learnPositive(learner, user, item, 1, 0);
            rehearsal.add(user, item, 1, generations(user, item));
        });
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

    /** Hands over the rows that new examples have moved since they were handed over last. */
    public void drain(Touched userRows, Touched itemRows) {
        moved.drain(userRows, itemRows);
    }

    /**
     * Hands over the rows that have moved since they were handed over last only in passing: as negatives, in rehearsal.
     */
    void drainPassing(Touched userRows, Touched itemRows) {
        moved.drainPassing(userRows, itemRows);
    }

    /** From now on every row counts as moved. */
    void touchAll() {
        moved.all();
    }

    public FactorModel model() {
        return model;
    }

    /** What all rows share, as it is now. */
    SharedNumbers.State shared() {
        return shared.state();
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

    /**
     * Everything as it is now, however learning goes on; of what comes in parts, those that changed since the last
     * image and these.
     *
     * @param more further parts to be in the image, by group; may name fewer groups than there are
     */
    CoreImage freeze(List<BitSet> more) {
        return parts.freeze(header(), more);
    }

    /** The parts that images are made of. */
    CoreParts parts() {
        return parts;
    }

    private ByteBuffer header() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private void write(DataOutput out) throws IOException {
        out.writeLong(applied);
        out.writeLong(steps);
        out.writeDouble(loss);
        expiry.write(out);
        parts.writeShapes(out);
        new ScoringHeader(model.scoring(), shared).write(out);
    }

    /**
     * Takes what an image held into a core that has learnt nothing yet.
     *
     * @param in the image's header
     * @param groups the parts of each group
     */
    void read(DataInputStream in, List<StoredParts> groups) throws IOException {
        applied = in.readLong();
        steps = in.readLong();
        loss = in.readDouble();
        expiry.read(in);
        parts.read(in, groups);
        new ScoringHeader(model.scoring(), shared).read(in);
    }
}
