package dev.milvuso.trainer.batch;

import dev.milvuso.config.TrainingConfig;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.initializer.Initializer;
import dev.milvuso.trainer.initializer.SeededInitializer;
import dev.milvuso.trainer.loss.Loss;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.model.Penalty;
import dev.milvuso.trainer.model.Scoring;
import dev.milvuso.trainer.model.SharedNumbers;
import dev.milvuso.trainer.optimizer.Clipping;
import dev.milvuso.trainer.optimizer.Optimizer;
import dev.milvuso.trainer.optimizer.Schedule;
import dev.milvuso.trainer.sampling.HardSampler;
import dev.milvuso.trainer.sampling.InBatchSampler;
import dev.milvuso.trainer.sampling.ItemSampler;
import dev.milvuso.trainer.sampling.Popularity;
import dev.milvuso.trainer.sampling.PopularitySampler;
import dev.milvuso.trainer.sampling.UniformSampler;
import dev.milvuso.trainer.sampling.UnseenSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The configuration's choices, made: what every thread of a run works with. */
final class TrainingPlan {
    private final TrainingConfig config;
    private final PositivePairs data;
    private final FactorModel model;
    private final Optimizer optimizer;
    private final Loss loss;
    private final Schedule schedule;
    private final Penalty penalty;
    private final Popularity popularity;
    private final Histories histories;
    private final SharedNumbers shared;
    private final List<SharedNumbers.State> moved = new ArrayList<>();

    TrainingPlan(TrainingConfig config, int dimension, PositivePairs data) {
        if (config.loss().equals("squared") != data.isRated()) {
            throw new IllegalArgumentException("training.loss is \"" + config.loss()
                    + "\": must be \"squared\" for ratings, which train alone learns from, and for nothing else");
        }
        this.config = config;
        this.data = data;
        this.optimizer = Optimizer.named(config.optimizer());
        this.loss = Loss.named(config.loss());
        this.schedule = new Schedule.WarmUp(config.warmUp(), Schedule.named(config.schedule()));
        SeededInitializer initializer =
                new SeededInitializer(Initializer.named(config.initializer(), config.initializerGain()), config.seed());
        Scoring scoring = Scoring.of(config, firstBias());
        this.model = FactorModel.empty(dimension, optimizer, optimizer, initializer, initializer, scoring);
        this.shared = SharedNumbers.of(config, scoring, data.isRated());
        this.popularity = new Popularity(config.popularityPower());
        int[] userCounts = new int[data.userIds().size()];
        int[] itemCounts = new int[data.itemIds().size()];
        for (int i = 0; i < data.size(); i++) {
            userCounts[data.user(i)]++;
            itemCounts[data.item(i)]++;
            popularity.add(data.item(i));
        }
        // Made before the threads share it.
        popularity.table();
        this.penalty = Penalty.scaled(
                config.regularization(), config.regularizationExponent(), userCounts, itemCounts, config.maxNorm());
        this.histories = config.excludeKnown() ? data.histories() : new Histories(new int[1], new int[0]);
    }

    /** The mean of what is to be learnt, as far as it is known before. */
    private double firstBias() {
        return data.isRated()
                ? IntStream.range(0, data.size())
                        .mapToDouble(data::rating)
                        .average()
                        .orElse(0)
                : loss.intercept(config.negativeSamplingRatio());
    }

    TrainingConfig config() {
        return config;
    }

    PositivePairs data() {
        return data;
    }

    FactorModel model() {
        return model;
    }

    SharedNumbers shared() {
        return shared;
    }

    /** What a thread has made of the shared numbers in its part of an epoch. */
    synchronized void moved(SharedNumbers.State state) {
        moved.add(state);
    }

    /** Ends an epoch. */
    void gather() {
        shared.gather(moved);
        moved.clear();
    }

    /** The model with the shared numbers as they are now. */
    FactorModel trained() {
        return model.scored(shared.in(model.scoring()).plus(correction()));
    }

    /**
     * What lies between the odds against the negatives drawn and those against all that were not chosen. Negatives that
     * are drawn as often as they are popular have taught their items other odds, which no common number mends.
     */
    private double correction() {
        double positives = data.size();
        double others = (double) data.userIds().size() * data.itemIds().size() - positives;
        boolean odds = config.loss().equals("logistic") && config.negativeSamplingRatio() > 0;
        return odds && others > 0 ? StrictMath.log(config.negativeSamplingRatio() * positives / others) : 0;
    }

    /** The rate when so much of the run is done, 0 to 1. */
    float rate(double done) {
        return (float) (config.learningRate() * schedule.factor(done));
    }

    /** For one thread. */
    Learner learner() {
        Clipping clipping = new Clipping((float) config.clipValue(), (float) config.clipNorm());
        boolean biases = !config.biases().equals("off");
        return new Learner(model, optimizer, loss, penalty, clipping, biases, shared.copy());
    }

    /** Whether the loss corrects by how likely an item was to be drawn, and items are not all as likely. */
    boolean corrects() {
        return config.loss().equals("softmax") && !config.negativeSampler().equals("uniform");
    }

    /** For one thread; draws from what {@code drawn} draws from, with what the configuration adds to it. */
    ItemSampler sampler(ItemSampler drawn) {
        ItemSampler unseen = config.excludeKnown() ? new UnseenSampler(drawn, histories::contains) : drawn;
        return config.hardCandidates() > 1 ? new HardSampler(unseen, config.hardCandidates(), model::score) : unseen;
    }

    /** What negatives are drawn from; for one thread. */
    ItemSampler source(SplittableRandom random) {
        int items = model.items().size();
        return switch (config.negativeSampler()) {
            case "popularity" -> new PopularitySampler(popularity, random);
            case "in_batch" -> new InBatchSampler(config.batchSize(), items, random);
            default -> new UniformSampler(items, random);
        };
    }
}
