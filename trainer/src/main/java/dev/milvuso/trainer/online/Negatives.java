package dev.milvuso.trainer.online;

import dev.milvuso.config.OnlineConfig;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.parameter.ParameterTable;
import dev.milvuso.trainer.sampling.HardSampler;
import dev.milvuso.trainer.sampling.InBatchSampler;
import dev.milvuso.trainer.sampling.ItemSampler;
import dev.milvuso.trainer.sampling.NegativeSampler;
import dev.milvuso.trainer.sampling.Popularity;
import dev.milvuso.trainer.sampling.PopularitySampler;
import dev.milvuso.trainer.sampling.UnseenSampler;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What the online trainer learns against: items of a table that grows and may lose rows. How popular they are, and what
 * a user has chosen, is that of the latest positives, those kept for rehearsal: it follows the stream, needs no memory
 * beyond them, and is there again when these are. For one thread.
 */
final class Negatives implements Rehearsal.Window {
    private final ParameterTable items;
    private final NegativeSampler counts;
    private final Popularity popularity;
    private final boolean countsPopularity;
    private final boolean countsKnown;
    private final Map<Long, Integer> known = new HashMap<>();
    private final ItemSampler source;
    private final ItemSampler sampler;
    private final ItemSampler uniform;
    private final boolean corrects;

    /** @param batch positives that negatives are drawn from, of {@code in_batch} */
    Negatives(OnlineConfig config, int batch, FactorModel model, RandomGenerator random) {
        items = model.items();
        counts = new NegativeSampler(config.negativeSamplingRatio(), random);
        popularity = new Popularity(config.popularityPower());
        countsPopularity = config.negativeSampler().equals("popularity");
        countsKnown = config.excludeKnown();
        corrects = config.loss().equals("softmax") && !config.negativeSampler().equals("uniform");
        uniform = new Growing(items, counts);
        source = switch (config.negativeSampler()) {
            case "popularity" -> new PopularitySampler(popularity, random);
            case "in_batch" -> new InBatchSampler(batch, uniform, random);
            default -> uniform;
        };
        ItemSampler unseen = countsKnown ? new UnseenSampler(source, this::isKnown) : source;
        sampler = config.hardCandidates() > 1 ? new HardSampler(unseen, config.hardCandidates(), model::score) : unseen;
    }

    /** All items that there are, alike. */
    private record Growing(ParameterTable items, NegativeSampler counts) implements ItemSampler {
        @Override
        public int draw(int user, int positive) {
            return counts.draw(items.size(), positive);
        }

        @Override
        public float logProbability(int item) {
            return (float) -StrictMath.log(items.size());
        }
    }

    /** How many to draw for the next positive. */
    int count() {
        return items.size() < 2 ? 0 : counts.count();
    }

    /** An item other than the positive; it may have been dropped. There must be two. */
    int draw(int user, int positive) {
        if (countsPopularity) {
            popularity.grow(items.size());
        }
        int item = sampler.draw(user, positive);
        return item == positive ? uniform.draw(user, positive) : item;
    }

    /** Whether the loss corrects by {@link #logProbability}. */
    boolean corrects() {
        return corrects;
    }

    float logProbability(int item) {
        return source.logProbability(item);
    }

    /** A positive has been learnt from. */
    void learnt(int item) {
        if (source instanceof InBatchSampler inBatch) {
            inBatch.add(item);
        }
    }

    @Override
    public void added(int user, int item) {
        if (countsPopularity) {
            popularity.add(item);
        }
        if (countsKnown) {
            known.merge(pair(user, item), 1, Integer::sum);
        }
    }

    @Override
    public void removed(int user, int item) {
        if (countsPopularity) {
            popularity.remove(item);
        }
        if (countsKnown) {
            known.computeIfPresent(pair(user, item), (pair, times) -> times > 1 ? Integer.valueOf(times - 1) : null);
        }
    }

    private boolean isKnown(int user, int item) {
        return known.containsKey(pair(user, item));
    }

    private static long pair(int user, int item) {
        return ((long) user << Integer.SIZE) | item;
    }
}
