package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.sampling.InBatchSampler;
import dev.milvuso.trainer.sampling.ItemSampler;
import dev.milvuso.trainer.sampling.NegativeSampler;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/**
 * One thread's part of an epoch: the places {@code from} to before {@code to} of its order.
 *
 * @param random of this slice alone
 */
record Slice(
        TrainingPlan plan, HeldOut heldOut, Permutation order, int epoch, int from, int to, SplittableRandom random)
        implements Callable<Slice.Sum> {
    /** @param loss added up over samples */
    record Sum(double loss, long samples) {
        Sum plus(Sum other) {
            return new Sum(loss + other.loss, samples + other.samples);
        }
    }

    @Override
    public Sum call() {
        PositivePairs data = plan.data();
        Learner learner = plan.learner();
        NegativeSampler counts = new NegativeSampler(plan.config().negativeSamplingRatio(), random);
        ItemSampler source = plan.source(random);
        ItemSampler sampler = plan.sampler(source);
        boolean corrects = plan.corrects();
        double dropout = plan.config().dropout();
        int epochs = plan.config().epochs();
        int[] negatives = new int[(int) Math.ceil(plan.config().negativeSamplingRatio())];
        double loss = 0;
        long samples = 0;
        for (int place = from; place < to; place++) {
            int pair = order.at(place);
            if (heldOut.holds(pair) || (dropout > 0 && random.nextDouble() < dropout)) {
                continue;
            }
            int user = data.user(pair);
            int item = data.item(pair);
            float rate = plan.rate((epoch + (double) (place - from) / (to - from)) / epochs);
            if (data.isRated()) {
                loss += learner.step(user, item, data.rating(pair), 1, rate);
                samples++;
                continue;
            }
            int count = counts.count();
            for (int n = 0; n < count; n++) {
                negatives[n] = sampler.draw(user, item);
            }
            if (corrects) {
                correct(learner.logProbabilities(count), source, item, negatives, count);
            }
            loss += (1 + count) * learner.step(user, item, negatives, count, 1, rate);
            samples += 1 + count;
            if (source instanceof InBatchSampler batch) {
                batch.add(item);
            }
        }
        plan.moved(learner.shared());
        return new Sum(loss, samples);
    }

    private static void correct(float[] logs, ItemSampler source, int item, int[] negatives, int count) {
        logs[0] = source.logProbability(item);
        for (int n = 0; n < count; n++) {
            logs[n + 1] = source.logProbability(negatives[n]);
        }
    }
}
