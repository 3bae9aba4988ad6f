package dev.milvuso.trainer.online;

import dev.milvuso.config.OnlineConfig;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.sampling.NegativeSampler;
import java.util.SplittableRandom;

/** Learns one example after the other and drops repeats. For one thread. */
public final class OnlineCore {
    private final FactorModel model;
    private final Learner learner;
    private final NegativeSampler sampler;
    private final RecentIds recent;
    private final float rate;
    private long applied;

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
     * @return whether it was new
     */
    public boolean apply(String exampleId, String user, String item, int label, float weight) {
        if (!recent.add(exampleId)) {
            return false;
        }
        applied++;
        if (weight > 0) {
            learn(model.users().findOrAdd(user), model.items().findOrAdd(item), label, weight);
        }
        return true;
    }

    private void learn(int user, int item, int label, float weight) {
        learner.step(user, item, label, weight, rate);
        int items = model.items().size();
        if (label == 0 || items < 2) {
            return;
        }
        int negatives = sampler.count();
        for (int n = 0; n < negatives; n++) {
            learner.step(user, sampler.draw(items, item), 0, weight, rate);
        }
    }

    public FactorModel model() {
        return model;
    }

    /** Examples taken, repeats not counted. */
    public long applied() {
        return applied;
    }
}
