package dev.milvuso.trainer.online;

import dev.milvuso.config.OnlineConfig;
import dev.milvuso.config.TrainingConfig;
import dev.milvuso.trainer.loss.LogisticLoss;
import dev.milvuso.trainer.loss.Loss;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.model.Penalty;
import dev.milvuso.trainer.model.SharedNumbers;
import dev.milvuso.trainer.optimizer.Clipping;
import dev.milvuso.trainer.optimizer.Optimizer;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * The gradient steps of an example: a positive against its negatives, then earlier positives once more; a negative by
 * itself. For one thread.
 */
final class ExampleSteps {
    private final FactorModel model;
    private final MovedRows moved;
    private final Expiry expiry;
    private final Learner learner;
    private final Learner rehearsing;
    private final Learner refusing;
    private final SplittableRandom random;
    private final Negatives against;
    private final Rehearsal rehearsal;
    private final int rehearsals;
    private final float rate;
    private long count;
    private double loss = Math.log(2);
    private double lastLoss = Double.NaN;

    /** @param model made with the optimizers that the configuration names */
    ExampleSteps(
            OnlineConfig config,
            TrainingConfig training,
            FactorModel model,
            SharedNumbers shared,
            MovedRows moved,
            Expiry expiry) {
        this.model = model;
        this.moved = moved;
        this.expiry = expiry;
        Learner alike = new Learner(
                model,
                Optimizer.named(config.optimizer()),
                Loss.named(config.loss()),
                Penalty.bounded(config.regularization(), config.maxNorm()),
                new Clipping((float) config.clipValue(), (float) config.clipNorm()),
                !training.biases().equals("off"),
                shared);
        Optimizer ofUsers = Optimizer.named(config.userOptimizer());
        double userRate = config.userLearningRate() / config.learningRate();
        learner = alike.withUsers(ofUsers, userRate);
        rehearsing = alike.withUsers(ofUsers, userRate * config.rehearsedUserRate());
        refusing = learner.withLoss(new LogisticLoss());
        random = new SplittableRandom(training.seed());
        against = new Negatives(config, training.batchSize(), model, random);
        rehearsal = new Rehearsal(config.rehearsalExamples(), against);
        rehearsals = config.rehearsals();
        rate = (float) config.learningRate();
    }

    void positive(int user, int item, float weight) {
        lastLoss = learn(learner, user, item, weight, rate);
        rehearsal.draw(rehearsals, random, this::learnAgain);
        rehearsal.add(user, item, weight, generations(user, item));
    }

    /** By the logistic loss, since one of pairs learns nothing from a negative alone. */
    void negative(int user, int item, float weight) {
        moved.movingUser(user);
        moved.movingItem(item);
        lastLoss = refusing.step(user, item, 0, weight, rate);
        count(1, lastLoss);
    }

    /** Of what has been learnt elsewhere: lets the optimizer know, and keeps it for rehearsal. */
    void adopt(int user, int item) {
        learn(learner, user, item, 1, 0);
        rehearsal.add(user, item, 1, generations(user, item));
    }

    private int generations(int user, int item) {
        return (model.users().generation(user) << Short.SIZE) | (model.items().generation(item) & 0xffff);
    }

    /** Unless one of the rows belongs to another id by now. */
    private void learnAgain(int user, int item, float weight, int generations) {
        if (!expiry.anyGone() || generations(user, item) == generations) {
            learn(rehearsing, user, item, weight, rate);
        }
    }

    private double learn(Learner with, int user, int item, float weight, float pace) {
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
        count += taken;
        if (Double.isFinite(meanLoss)) {
            loss += Math.min(1, 0.001 * taken) * (meanLoss - loss);
        }
    }

    /** Goes on counting where others were that these replace. */
    void countOn(ExampleSteps replaced) {
        count += Math.max(0, replaced.count - count);
        loss = replaced.loss;
    }

    Rehearsal rehearsal() {
        return rehearsal;
    }

    /** Steps so far, those of sampled negatives included. */
    long count() {
        return count;
    }

    /** Moving average over about a thousand steps. */
    double loss() {
        return loss;
    }

    /** Of the latest example, before it was learnt from; NaN before the first and if it diverged. */
    double lastLoss() {
        return lastLoss;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeDouble(loss);
    }

    void read(DataInputStream in) throws IOException {
        count = in.readLong();
        loss = in.readDouble();
    }
}
