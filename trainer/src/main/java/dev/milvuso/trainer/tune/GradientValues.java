package dev.milvuso.trainer.tune;

import dev.milvuso.config.Config;
import dev.milvuso.config.TrainingConfig;
import java.util.List;

/**
 * Of gradient steps. The learning rate is not among them: what suits a short and small trial does not suit the
 * training.
 */
record GradientValues(double regularization, double negatives) implements Values {
    private static final double FACTOR = 1.5;

    static GradientValues of(TrainingConfig config) {
        return new GradientValues(config.regularization(), config.negativeSamplingRatio());
    }

    @Override
    public int ways() {
        return 2;
    }

    /** L2 first, then negatives: L2 is taken with every negative, so twice as many want less of it each. */
    @Override
    public GradientValues moved(int way, boolean up) {
        double factor = up ? FACTOR : 1 / FACTOR;
        return way == 0
                ? new GradientValues(Values.rounded(regularization * factor), negatives)
                : new GradientValues(
                        Values.rounded(regularization / factor), Values.rounded(negatives * (up ? 2 : 0.5)));
    }

    @Override
    public List<Values> far() {
        return List.of(new GradientValues(Values.rounded(4 * regularization), negatives));
    }

    /** Steps learn items' biases by themselves. */
    @Override
    public List<String> ofPopularity() {
        return settings();
    }

    @Override
    public boolean isAllowed(Config configured) {
        return negatives <= configured.search().mostNegatives() && negatives >= 1;
    }

    @Override
    public List<String> settings() {
        return List.of("training.regularization=" + regularization, "training.negative_sampling_ratio=" + negatives);
    }

    /** A shorter run takes larger steps, so that it comes as far. */
    @Override
    public List<String> trialSettings(Config configured, boolean sparse) {
        TrainingConfig training = configured.training();
        int epochs = Math.min(configured.search().epochs(), training.epochs());
        double rate = Math.min(10, training.learningRate() * training.epochs() / epochs);
        return List.of(
                "training.learning_rate=" + rate,
                "training.epochs=" + epochs,
                "training.held_out=0.0",
                "training.checkpoint_epochs=0");
    }
}
