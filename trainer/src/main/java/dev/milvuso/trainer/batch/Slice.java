package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.PositivePairs;
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
    private final PositivePairs data;
    private final PairBlock block;
    private final Learner learner;
    private final NegativeSampler counts;
    private final ItemSampler source;
    private final ItemSampler sampler;
    private final double dropout;
    private final boolean corrects;
    private double loss;
    private long samples;

    /** @param random of this slice alone */
    Slice(TrainingPlan plan, HeldOut heldOut, Order order, int epoch, int from, int to, SplittableRandom random) {
        this.plan = plan;
        this.heldOut = heldOut;
        this.epoch = epoch;
        this.from = from;
        this.to = to;
        this.random = random;
        this.data = plan.data();
        this.block = new PairBlock(data, order, plan.model().users());
        this.learner = plan.learner();
        this.counts = new NegativeSampler(plan.config().negativeSamplingRatio(), random);
        this.source = plan.source(random);
        this.sampler = plan.sampler(source);
        this.dropout = plan.config().dropout();
        this.corrects = plan.corrects();
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
            learnBlock(plan.rate((epoch + (double) (place - from) / (to - from)) / epochs));
        }
        plan.moved(learner.shared());
        return new Sum(loss, samples);
    }

    private void learnBlock(float rate) {
        for (int i = 0; i < block.size(); i++) {
            int pair = block.pair(i);
            if (heldOut.holds(pair) || (dropout > 0 && random.nextDouble() < dropout)) {
                continue;
            }
            if (data.isRated()) {
                loss += learner.step(block.user(i), block.item(i), data.rating(pair), 1, rate);
                samples++;
            } else {
                learnChoice(block.user(i), block.item(i), rate);
            }
        }
    }

    private void learnChoice(int user, int item, float rate) {
        int count = counts.count();
        int[] items = learner.begin(1 + count);
        items[0] = item;
        for (int n = 1; n <= count; n++) {
            items[n] = sampler.draw(user, item);
        }
        if (corrects) {
            for (int n = 0; n <= count; n++) {
                learner.logProbabilities()[n] = source.logProbability(items[n]);
            }
        }
        loss += (1 + count) * learner.step(user, 1, rate);
        samples += 1 + count;
        if (source instanceof InBatchSampler batch) {
            batch.add(item);
        }
    }
}
