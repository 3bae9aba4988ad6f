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
    private final int[] choices;
    private final Histories histories;
    private final SharedNumbers shared;

    TrainingPlan(TrainingConfig config, int dimension, PositivePairs data) {
        if (config.loss().equals("squared") != data.isRated()) {
            throw new IllegalArgumentException("training.loss is \"" + config.loss() + "\": must be "
                    + (data.isRated() ? "\"squared\" for ratings" : "another here: ratings are learnt by train alone"));
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
        int[] userCounts = new int[data.userIds().size()];
        this.choices = new int[data.itemIds().size()];
        for (int i = 0; i < data.size(); i++) {
            userCounts[data.user(i)]++;
            choices[data.item(i)]++;
        }
        this.penalty = Penalty.scaled(
                config.regularization(), config.regularizationExponent(), userCounts, choices, config.maxNorm());
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

    Penalty penalty() {
        return penalty;
    }

    /** Whether the loss corrects by how likely an item was to be drawn, and items are not all as likely. */
    boolean corrects() {
        return config.loss().equals("softmax") && !config.negativeSampler().equals("uniform");
    }

    /** How often an item was chosen. */
    int choices(int item) {
        return choices[item];
    }

    /** What users have chosen, where negatives must be something else; nothing where they need not. */
    Histories histories() {
        return histories;
    }
}
