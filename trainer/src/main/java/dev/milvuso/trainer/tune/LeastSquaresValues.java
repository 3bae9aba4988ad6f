package dev.milvuso.trainer.tune;

import dev.milvuso.config.AlsConfig;
import dev.milvuso.config.Config;
import java.util.List;

/**
 * Of alternating least squares.
 *
 * @param weight of what was not observed, by the key that the configuration uses for it
 */
record LeastSquaresValues(double regularization, double weight, String weightKey) implements Values {
    private static final double FACTOR = 1.5;
    private static final double LEAVING_BIASES = 0.5;

    static LeastSquaresValues of(AlsConfig config) {
        return config.unobservedWeight() == 0
                ? new LeastSquaresValues(config.regularization(), config.alpha(), "als.alpha")
                : new LeastSquaresValues(config.regularization(), config.unobservedWeight(), "als.unobserved_weight");
    }

    @Override
    public int ways() {
        return 2;
    }

    /** L2 first, then the weight, which L2 is multiplied by: twice as much wants less of it. */
    @Override
    public LeastSquaresValues moved(int way, boolean up) {
        double factor = up ? FACTOR : 1 / FACTOR;
        return way == 0
                ? new LeastSquaresValues(Values.rounded(regularization * factor), weight, weightKey)
                : new LeastSquaresValues(
                        Values.rounded(regularization / factor), Values.rounded(weight * (up ? 2 : 0.5)), weightKey);
    }

    @Override
    public List<Values> far() {
        return List.of(
                new LeastSquaresValues(Values.rounded(3 * regularization), weight, weightKey),
                new LeastSquaresValues(Values.rounded(9 * regularization), weight, weightKey));
    }

    /** An item's bias, and so much L2 that nothing else is left. */
    @Override
    public List<String> ofPopularity() {
        return List.of(
                "als.bias=true",
                "als.regularization=" + Math.max(LEAVING_BIASES, regularization),
                weightKey + "=" + weight);
    }

    @Override
    public boolean isAllowed(Config configured) {
        return true;
    }

    @Override
    public List<String> settings() {
        return List.of("als.regularization=" + regularization, weightKey + "=" + weight);
    }

    @Override
    public List<String> trialSettings(Config configured, boolean sparse) {
        int whole = configured.als().iterations();
        return List.of("als.iterations="
                + (sparse ? whole : Math.min(configured.search().epochs(), whole)));
    }
}
