package dev.milvuso.trainer.online;

import dev.milvuso.config.Config;
import dev.milvuso.config.FeaturesConfig;
import dev.milvuso.config.OnlineConfig;
import dev.milvuso.config.RankingConfig;
import dev.milvuso.config.TrainingConfig;
import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.initializer.Initializer;
import dev.milvuso.trainer.initializer.RowInitializer;
import dev.milvuso.trainer.initializer.SeededInitializer;
import dev.milvuso.trainer.loss.Loss;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Scoring;
import dev.milvuso.trainer.model.SharedNumbers;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.trainer.parameter.Sightings;
import dev.milvuso.trainer.ranker.OnlineRanker;
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
    private final SharedNumbers shared;
    private final RecentIds recent;
    private final MovedRows moved;
    private final Sightings userSightings;
    private final Sightings itemSightings;
    private final Expiry expiry;
    private final OnlineRanker ranker;
    private final ExampleSteps steps;
    private final CoreParts parts;
    private long applied;

    /** A core of the whole configuration. */
    public OnlineCore(Config config) {
        this(
                config.online(),
                config.training(),
                config.features(),
                config.ranking(),
                config.recommendation().embeddingDim());
    }

    /**
     * @param training says by what metric and with which biases, as for batch models
     * @param features says how popularity fades
     * @param ranking says how the ranker learns
     * @param dimension numbers of a row, biases included
     */
    public OnlineCore(
            OnlineConfig config,
            TrainingConfig training,
            FeaturesConfig features,
            RankingConfig ranking,
            int dimension) {
        Scoring scoring = Scoring.of(training, Loss.named(config.loss()).intercept(config.negativeSamplingRatio()));
        model = FactorModel.empty(
                dimension,
                Optimizer.named(config.userOptimizer()),
                Optimizer.named(config.optimizer()),
                rows(config, config.userInitializerGain(), training.seed()),
                rows(config, config.initializerGain(), training.seed()),
                scoring);
        shared = SharedNumbers.of(training, scoring, false);
        moved = new MovedRows(model);
        ranker = new OnlineRanker(model, training, features, ranking);
        expiry = new Expiry(model, config.rowExpiry(), config.maxRows(), ranker::dropped);
        steps = new ExampleSteps(config, training, model, shared, moved, expiry);
        recent = new RecentIds(config.rememberedExamples());
        SplittableRandom keys = new SplittableRandom();
        userSightings = new Sightings(config.rowAfterSightings(), keys.nextLong());
        itemSightings = new Sightings(config.rowAfterSightings(), keys.nextLong());
        parts = new CoreParts(model, recent, steps.rehearsal(), userSightings, itemSightings, ranker);
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
        return apply(exampleId, user, item, label, weight, accepted, accepted);
    }

    /**
     * As the other, of what did not happen when it was accepted.
     *
     * @param happened in milliseconds since 1970: what the item's popularity goes by
     */
    boolean apply(String exampleId, String user, String item, int label, float weight, long accepted, long happened) {
        if (!recent.add(exampleId)) {
            return false;
        }
        applied++;
        if (weight > 0) {
            int row = row(Kind.USER, user);
            int itemRow = row(Kind.ITEM, item);
            if (row >= 0 && itemRow >= 0) {
                if (label == 0) {
                    steps.negative(row, itemRow, weight);
                } else {
                    ranker.foresee(row, itemRow, happened);
                    steps.positive(row, itemRow, weight);
                    ranker.chosen(row, itemRow, weight, happened);
                }
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

    /** What orders anew what the vectors find. */
    public OnlineRanker ranker() {
        return ranker;
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
        adoption.pairs(steps::adopt);
    }

    /**
     * Goes on counting where another one was that it replaces.
     *
     * @param further examples that it has taken and the other has not
     */
    void countOn(OnlineCore replaced, long further) {
        applied = replaced.applied + further;
        steps.countOn(replaced.steps);
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
        return steps.count();
    }

    /** Of the latest example, before it was learnt from; NaN before the first and if it diverged. */
    double lastLoss() {
        return steps.lastLoss();
    }

    /** Moving average over about a thousand steps. */
    public double loss() {
        return steps.loss();
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
        steps.write(out);
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
        steps.read(in);
        expiry.read(in);
        parts.read(in, groups);
        new ScoringHeader(model.scoring(), shared).read(in);
    }
}
