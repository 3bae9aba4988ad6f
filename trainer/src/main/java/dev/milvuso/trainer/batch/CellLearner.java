package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.loss.Tally;
import dev.milvuso.trainer.model.Learner;
import java.util.SplittableRandom;

/** Learns from the pairs of a cell. For one thread. */
final class CellLearner {
    private final TrainingPlan plan;
    private final Epoch epoch;
    private final ItemBlocks blocks;
    private final PositivePairs data;
    private final Learner learner;
    private final PairChunk chunk;
    private final boolean corrects;

    CellLearner(TrainingPlan plan, Epoch epoch) {
        this.plan = plan;
        this.epoch = epoch;
        this.blocks = epoch.blocks();
        this.data = plan.data();
        this.learner = epoch.learner();
        this.chunk = new PairChunk(data, blocks, plan.model().users().rows());
        this.corrects = plan.corrects();
    }

    /** The cell's users and items must be this thread's alone meanwhile. */
    void learn(Strata.Cell cell) {
        int block = cell.block();
        if (epoch.strata().bringsBlock(cell)) {
            blocks.bring(block);
        }
        SplittableRandom random = epoch.random(cell);
        PairsByBlock pairs = epoch.pairs(cell, random);
        learn(cell, pairs, new BlockNegatives(plan, epoch, block, random));
        if (epoch.strata().takesBlockBack(cell)) {
            blocks.takeBack(block);
        }
    }

    private void learn(Strata.Cell cell, PairsByBlock pairs, BlockNegatives negatives) {
        Epoch.Column column = epoch.column(cell);
        learner.share(column.shared());
        int from = pairs.from(cell.block());
        int to = pairs.to(cell.block());
        Tally lost = new Tally();
        long samples = 0;
        for (int begin = from; begin < to; begin += PairChunk.SIZE) {
            chunk.fill(pairs, begin, to);
            float rate = plan.rate(epoch.done(cell, (double) (begin - from) / (to - from)));
            for (int i = 0; i < chunk.size(); i++) {
                int size = data.isRated() ? beginRating(i) : beginChoice(i, negatives);
                learner.step(chunk.user(i), 1, rate, lost);
                samples += size;
            }
        }
        column.add(lost.total(), samples, learner.shared());
    }

    /** Begins the group of a rating, which needs nothing to stand against. Returns how large it is. */
    private int beginRating(int i) {
        learner.begin(1, data.rating(chunk.number(i)))[0] = chunk.place(i);
        return 1;
    }

    /** Begins the group of a choice and its negatives. Returns how large it is. */
    private int beginChoice(int i, BlockNegatives negatives) {
        int user = chunk.user(i);
        int positive = chunk.place(i);
        int size = 1 + negatives.count();
        int[] places = learner.begin(size);
        places[0] = positive;
        for (int n = 1; n < size; n++) {
            places[n] = negatives.draw(user, positive);
        }
        if (corrects) {
            for (int n = 0; n < size; n++) {
                learner.logProbabilities()[n] = negatives.logProbability(places[n]);
            }
        }
        negatives.learnt(positive);
        return size;
    }
}
