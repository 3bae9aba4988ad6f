package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.Learner;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** One thread's work in an epoch: cell after cell, as long as there are any. */
final class CellWorker implements Callable<Void> {
    /** Pairs that are learnt at one rate. */
    private static final int SAME_RATE = 64;

    private final TrainingPlan plan;
    private final Epoch epoch;
    private final Strata strata;
    private final ItemBlocks blocks;
    private final PositivePairs data;

    CellWorker(TrainingPlan plan, Epoch epoch) {
        this.plan = plan;
        this.epoch = epoch;
        this.strata = epoch.strata();
        this.blocks = epoch.blocks();
        this.data = plan.data();
    }

    @Override
    public Void call() throws InterruptedException {
        // Made by the thread that works with it: what two threads write to should not lie side by side.
        Learner learner = plan.learner(blocks);
        boolean over = false;
        try {
            for (Optional<Strata.Cell> next = strata.take(); next.isPresent(); next = strata.take()) {
                learn(learner, next.get());
                strata.done(next.get());
            }
            over = true;
        } finally {
            if (!over) {
                strata.fail();
            }
        }
        return null;
    }

    private void learn(Learner learner, Strata.Cell cell) {
        if (strata.bringsBlock(cell)) {
            blocks.bring(cell.block());
        }
        Epoch.Column column = epoch.column(cell);
        learner.share(column.shared());
        SplittableRandom random = epoch.random(cell);
        PairsByBlock pairs = epoch.pairs(cell, random);
        BlockNegatives negatives = new BlockNegatives(plan, epoch, cell.block(), random);
        int from = pairs.from(cell.block());
        int to = pairs.to(cell.block());
        double loss = 0;
        long samples = 0;
        for (int begin = from; begin < to; begin += SAME_RATE) {
            double within = (double) (begin - from) / (to - from);
            float rate = plan.rate((epoch.before(cell) + within * epoch.share())
                    / plan.config().epochs());
            for (int at = begin; at < Math.min(to, begin + SAME_RATE); at++) {
                int pair = pairs.pair(at);
                int size = begin(learner, negatives, pair);
                loss += size * learner.step(data.user(pair), 1, rate);
                samples += size;
            }
        }
        column.add(loss, samples, learner.shared());
        if (strata.takesBlockBack(cell)) {
            blocks.takeBack(cell.block());
        }
    }

    /** Begins the pair's group, and returns how large it is: with negatives, or a rating that needs none. */
    private int begin(Learner learner, BlockNegatives negatives, int pair) {
        int place = blocks.place(data.item(pair));
        if (data.isRated()) {
            learner.begin(1, data.rating(pair))[0] = place;
            return 1;
        }
        int user = data.user(pair);
        int size = 1 + negatives.count();
        int[] places = learner.begin(size, 1);
        places[0] = place;
        for (int n = 1; n < size; n++) {
            places[n] = negatives.draw(user, place);
        }
        if (plan.corrects()) {
            for (int n = 0; n < size; n++) {
                learner.logProbabilities()[n] = negatives.logProbability(places[n]);
            }
        }
        negatives.learnt(place);
        return size;
    }
}
