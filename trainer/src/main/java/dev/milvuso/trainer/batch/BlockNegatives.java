package dev.milvuso.trainer.batch;

import dev.milvuso.config.TrainingConfig;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.sampling.HardSampler;
import dev.milvuso.trainer.sampling.InBatchSampler;
import dev.milvuso.trainer.sampling.ItemSampler;
import dev.milvuso.trainer.sampling.NegativeSampler;
import dev.milvuso.trainer.sampling.PopularitySampler;
import dev.milvuso.trainer.sampling.UniformSampler;
import dev.milvuso.trainer.sampling.UnseenSampler;
import java.util.SplittableRandom;

/**
 * Draws a cell's negatives from its block of items, by their places, as the configuration says. Blocks are dealt anew
 * in every epoch, so that in the long run every item is drawn against every other.
 */
final class BlockNegatives {
    private final int from;
    private final NegativeSampler counts;
    private final ItemSampler source;
    private final ItemSampler sampler;

    /** @param random of the cell alone */
    BlockNegatives(TrainingPlan plan, Epoch epoch, int block, SplittableRandom random) {
        TrainingConfig config = plan.config();
        ItemBlocks blocks = epoch.blocks();
        int size = blocks.to(block) - blocks.from(block);
        this.from = blocks.from(block);
        this.counts = new NegativeSampler(config.negativeSamplingRatio(), random);
        this.source = switch (config.negativeSampler()) {
            case "popularity" -> new PopularitySampler(epoch.popularity(block), random);
            case "in_batch" -> new InBatchSampler(config.batchSize(), size, random);
            default -> new UniformSampler(size, random);
        };
        Histories chosen = plan.histories();
        ItemSampler unseen = config.excludeKnown()
                ? new UnseenSampler(source, (user, item) -> chosen.contains(user, blocks.item(from + item)))
                : source;
        this.sampler = config.hardCandidates() > 1
                ? new HardSampler(
                        unseen,
                        config.hardCandidates(),
                        (user, item) -> plan.model()
                                .scoring()
                                .nearness(plan.model().users().rows(), user, blocks.rows(), from + item))
                : unseen;
    }

    /** How many the next positive has. */
    int count() {
        return counts.count();
    }

    /** The place of an item other than the positive. */
    int draw(int user, int positive) {
        return from + sampler.draw(user, positive - from);
    }

    /** The logarithm of how likely the block's draws are to give what is at a place. */
    float logProbability(int place) {
        return source.logProbability(place - from);
    }

    /** A positive was learnt from. */
    void learnt(int place) {
        if (source instanceof InBatchSampler batch) {
            batch.add(place - from);
        }
    }
}
