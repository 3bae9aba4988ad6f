package dev.milvuso.trainer.model;

import dev.milvuso.config.TrainingConfig;
import dev.milvuso.trainer.loss.Group;
import dev.milvuso.vector.Metric;
import java.util.List;

/**
 * What all rows share, the global bias and the scale, while it is learnt. Every example moves them, so they move by
 * AdaGrad (Duchi, Hazan and Singer, JMLR 12, 2011) at a rate of their own, whatever moves the rows. For one thread.
 */
public final class SharedNumbers {
    private static final double RATE = 0.1;

    private final boolean learnsBias;
    private final boolean learnsScale;
    private double bias;
    private double scale;
    private double biasSquares = 1;
    private double scaleSquares = 1;

    /** Numbers that begin as the scoring says. */
    public SharedNumbers(Scoring scoring, boolean learnsBias, boolean learnsScale) {
        this.bias = scoring.globalBias();
        this.scale = scoring.scale();
        this.learnsBias = learnsBias;
        this.learnsScale = learnsScale;
    }

    /**
     * What a run with this configuration learns: a global bias for ratings, with biases {@code all}, and where scores
     * have a bound that odds do not have; a scale for cosines unless it is configured.
     */
    public static SharedNumbers of(TrainingConfig config, Scoring scoring, boolean ratings) {
        boolean bounded = scoring.metric() != Metric.INNER_PRODUCT;
        return new SharedNumbers(
                scoring,
                ratings || bounded || config.biases().equals("all"),
                scoring.metric() == Metric.COSINE && config.scale() == 0);
    }

    /** What is learnt of them at a moment. */
    public record State(double bias, double scale, double biasSquares, double scaleSquares) {
        /** Of what several threads have learnt, each from its own part. */
        static State mean(List<State> parts) {
            return new State(
                    parts.stream().mapToDouble(State::bias).average().orElseThrow(),
                    parts.stream().mapToDouble(State::scale).average().orElseThrow(),
                    parts.stream().mapToDouble(State::biasSquares).average().orElseThrow(),
                    parts.stream().mapToDouble(State::scaleSquares).average().orElseThrow());
        }
    }

    /** Whether they move at all. */
    public boolean isLearnt() {
        return learnsBias || learnsScale;
    }

    public State state() {
        return new State(bias, scale, biasSquares, scaleSquares);
    }

    /** Goes on from a state. */
    public void restore(State state) {
        bias = state.bias();
        scale = state.scale();
        biasSquares = state.biasSquares();
        scaleSquares = state.scaleSquares();
    }

    /** Goes on from the mean of what several threads have made of it. */
    public void gather(List<State> parts) {
        if (isLearnt() && !parts.isEmpty()) {
            restore(State.mean(parts));
        }
    }

    /** Another one in the same state. */
    public SharedNumbers copy() {
        SharedNumbers copy = new SharedNumbers(Scoring.INNER_PRODUCT, learnsBias, learnsScale);
        copy.restore(state());
        return copy;
    }

    float bias() {
        return (float) bias;
    }

    float scale() {
        return (float) scale;
    }

    /** One step down the slopes by a group's scores. */
    void move(Group group, float weight) {
        double byBias = 0;
        double byScale = 0;
        for (int i = 0; i < group.size(); i++) {
            double slope = weight * group.slopes()[i];
            byBias += slope;
            byScale += slope * (group.scores()[i] - bias) / scale;
        }
        if (learnsBias) {
            biasSquares += byBias * byBias;
            bias -= RATE * byBias / Math.sqrt(biasSquares);
        }
        if (learnsScale) {
            scaleSquares += byScale * byScale;
            // Never through 0, where near and far change places.
            scale = Math.max(scale / 2, scale - RATE * byScale / Math.sqrt(scaleSquares));
        }
    }

    /** The scoring with these numbers. */
    public Scoring in(Scoring scoring) {
        return scoring.with(bias, scale);
    }
}
