package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.sampling.InBatchSampler;
import dev.milvuso.trainer.sampling.ItemSampler;
import dev.milvuso.trainer.sampling.NegativeSampler;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** One thread's part of an epoch: the places {@code from} to before {@code to} of its order. */
final class Slice implements Callable<Slice.Sum> {
    private final TrainingPlan plan;
    private final HeldOut heldOut;
    private final int epoch;
    private final int from;
    private final int to;
    private final SplittableRandom random;
    private final PairBlock block;
    private final Learner learner;
    private final NegativeSampler counts;
    private final ItemSampler source;
    private final ItemSampler sampler;
    private final double dropout;
    private final boolean corrects;
    private final int[] negatives;
    private double loss;
    private long samples;

    /** @param random of this slice alone */
    Slice(
            TrainingPlan plan,
            HeldOut heldOut,
            Permutation order,
            int epoch,
            int from,
            int to,
            SplittableRandom random) {
        this.plan = plan;
        this.heldOut = heldOut;
        this.epoch = epoch;
        this.from = from;
        this.to = to;
        this.random = random;
        this.block = new PairBlock(plan.data(), order);
        this.learner = plan.learner();
        this.counts = new NegativeSampler(plan.config().negativeSamplingRatio(), random);
        this.source = plan.source(random);
        this.sampler = plan.sampler(source);
        this.dropout = plan.config().dropout();
        this.corrects = plan.corrects();
        this.negatives = new int[(int) Math.ceil(plan.config().negativeSamplingRatio())];
    }

    /** @param loss added up over samples */
    record Sum(double loss, long samples) {
        Sum plus(Sum other) {
            return new Sum(loss + other.loss, samples + other.samples);
        }
    }

    @Override
    public Sum call() {
        int epochs = plan.config().epochs();
        for (int place = from; place < to; place += PairBlock.SIZE) {
            block.fill(place, to);
            learn(plan.rate((epoch + (double) (place - from) / (to - from)) / epochs));
        }
        plan.moved(learner.shared());
        return new Sum(loss, samples);
    }

    private void learn(float rate) {
        for (int i = 0; i < block.size(); i++) {
            if (!heldOut.holds(block.pair(i)) && !(dropout > 0 && random.nextDouble() < dropout)) {
                learn(i, rate);
            }
        }
    }

    private void learn(int i, float rate) {
        if (plan.data().isRated()) {
            float rating = plan.data().rating(block.pair(i));
            loss += learner.step(block.user(i), block.item(i), rating, 1, rate);
            samples++;
        } else {
            learn(block.user(i), block.item(i), rate);
        }
    }

    private void learn(int user, int item, float rate) {
        int count = counts.count();
        for (int n = 0; n < count; n++) {
            negatives[n] = sampler.draw(user, item);
        }
        if (corrects) {
            correct(learner.logProbabilities(count), item, count);
        }
        loss += (1 + count) * learner.step(user, item, negatives, count, 1, rate);
        samples += 1 + count;
        if (source instanceof InBatchSampler batch) {
            batch.add(item);
        }
    }

    private void correct(float[] logs, int item, int count) {
        logs[0] = source.logProbability(item);
        for (int n = 0; n < count; n++) {
            logs[n + 1] = source.logProbability(negatives[n]);
        }
    }
}
