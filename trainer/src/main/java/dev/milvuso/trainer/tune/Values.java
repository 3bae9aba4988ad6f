package dev.milvuso.trainer.tune;

import dev.milvuso.config.TrainingConfig;
import java.util.List;

/**
 * What of {@code [training]} must suit the data: how dense they are, and how many. The learning rate is not among it:
 * what suits a short and small trial does not suit the training.
 */
public record Values(double regularization, double negatives) {
    private static final double FACTOR = 1.5;

    static Values of(TrainingConfig config) {
        return new Values(config.regularization(), config.negativeSamplingRatio());
    }

    /** Which way to move. */
    enum Direction {
        REGULARIZATION,
        NEGATIVES
    }

    Values moved(Direction direction, boolean up) {
        double factor = up ? FACTOR : 1 / FACTOR;
        return switch (direction) {
            case REGULARIZATION -> new Values(rounded(regularization * factor), negatives);
            // L2 is taken with every negative: twice as many want less of it each.
            case NEGATIVES -> new Values(rounded(regularization / factor), rounded(negatives * (up ? 2 : 0.5)));
        };
    }

    /** To three digits, so that the way back leads to the same values. */
    private static double rounded(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
        return Double.parseDouble(String.format(java.util.Locale.ROOT, "%.3g", Math.round(value / unit) * unit));
    }

    /** For the command line or {@code ConfigLoader}. */
    public List<String> settings() {
        return List.of("training.regularization=" + regularization, "training.negative_sampling_ratio=" + negatives);
    }
}
