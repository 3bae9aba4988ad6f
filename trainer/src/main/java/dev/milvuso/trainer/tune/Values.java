package dev.milvuso.trainer.tune;

import dev.milvuso.config.Config;
import java.util.List;

/** What must suit the data, how dense they are and how many, and the ways in which it is moved. */
public sealed interface Values permits GradientValues, LeastSquaresValues {
    /** Of the algorithm that is configured. */
    static Values of(Config config) {
        return config.training().algorithm().equals("als")
                ? LeastSquaresValues.of(config.als())
                : GradientValues.of(config.training());
    }

    /** How many ways there are, each up or down. */
    int ways();

    /** One step further; the way back leads to the same values. */
    Values moved(int way, boolean up);

    /** Where what suits sparse data may lie: with several times the penalty. */
    List<Values> far();

    /**
     * Settings for data in which nobody has two items, so that nobody's taste can be learnt: popularity is what is
     * left.
     */
    List<String> ofPopularity();

    /** Whether a step may lead here, as far as {@code [search]} says. */
    boolean isAllowed(Config configured);

    /** For the command line or {@code ConfigLoader}. */
    List<String> settings();

    /**
     * What a trial of these values has besides them, so that it is shorter than the training it is for.
     *
     * @param sparse whether users have few pairs: what they have of taste may take a whole run to vanish
     */
    List<String> trialSettings(Config configured, boolean sparse);

    /** To three digits, so that the way back leads to the same values. */
    static double rounded(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
        return Double.parseDouble(String.format(java.util.Locale.ROOT, "%.3g", Math.round(value / unit) * unit));
    }
}
